/** Data is in memory because the store cannot write now: it must not be acknowledged. */
export class NotKept extends Error {
  override readonly name = "NotKept";
  constructor() {
    super("the store cannot write now: the data is kept in memory and will be written as soon as possible");
  }
}
