// Which clients take the same branches: what their values decide, asked in the order of the script.
import type { Client } from "../program/index.js";
import type { Question } from "./reading.js";

interface Fork<T> {
  readonly question: Question;
  readonly answers: Map<string, Branch<T>>;
}
type Branch<T> = Fork<T> | { readonly result: T };

/** Results by the answers that lead to them. */
export class Decisions<T> {
  #root: Branch<T> | undefined;

  /** What clients with the answers of `client` have. */
  find(client: Client): T | undefined {
    let branch = this.#root;
    while (branch && "question" in branch) branch = branch.answers.get(branch.question(client));
    return branch?.result;
  }

  /** Has `result` found for all whose answers to `questions` are those of `client`. */
  add(client: Client, questions: readonly Question[], result: T): void {
    let put = (branch: Branch<T>) => {
      this.#root ??= branch;
    };
    let next = this.#root;
    for (const question of questions) {
      const fork: Branch<T> = next ?? { question, answers: new Map() };
      put(fork);
      if (!("question" in fork)) return;
      const answer = fork.question(client);
      put = (branch) => {
        if (!fork.answers.has(answer)) fork.answers.set(answer, branch);
      };
      next = fork.answers.get(answer);
    }
    put({ result });
  }
}
