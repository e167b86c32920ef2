// How often something random is tried: a quick run (`npm run test:quick`) tries less of the same.

/** Whether this is a quick run. */
export const isQuick = process.env.MODE === "quick";

/** `count`, or a twentieth of it in a quick run. */
export const runs = (count: number): number => (isQuick ? Math.ceil(count / 20) : count);

/** `rows`, or every `step`th of them in a quick run. */
export const some = <Row>(rows: readonly Row[], step = 4): readonly Row[] =>
  isQuick ? rows.filter((_, at) => at % step === 0) : rows;
