// Names for what is not whole yet, and how to tell what an interrupted process left behind.
import { randomBytes } from "node:crypto";

/** A name that nothing else has, and that says whose it is. */
export function temporaryName(): string {
  return `.ubootc-${process.pid}-${randomBytes(6).toString("hex")}`;
}

const TEMPORARY = /^\.ubootc-(\d{1,10})-[0-9a-f]{12}$/;

/** Whether `name` is one that `temporaryName` makes. */
export const isTemporary = (name: string) => TEMPORARY.test(name);

/** Whether `name` is a temporary name of a process that has ended. Ask before making some. */
export function isLeftover(name: string): boolean {
  const [, owner] = TEMPORARY.exec(name) ?? [];
  if (owner === undefined) return false;
  // In a container the next process often has the number of the one before.
  if (Number(owner) === process.pid) return true;
  try {
    process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
