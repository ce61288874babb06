export { folded } from "../../flows/language/folded.ts";
