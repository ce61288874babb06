export { nextNumber, type NumberTry } from "../../../flows/strategy/next-number.ts";
