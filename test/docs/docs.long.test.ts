// The pages that are made from the sources are as the sources are. `npm run docs` makes them again.
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { apiPage, libraries } from "./api.js";
import { codesPage, examplesModule } from "./codes.js";

const repository = resolve(import.meta.dirname, "../..");
const page = (name: string) => join(repository, name);

it("docs/codes.md is fresh: npm run docs", async () => {
  await expect(codesPage()).toMatchFileSnapshot(page("docs/codes.md"));
});

it("the examples of explain are fresh: npm run docs", async () => {
  await expect(examplesModule()).toMatchFileSnapshot(page("src/cli/explain-examples.ts"));
});

it.each(Object.keys(libraries) as (keyof typeof libraries)[])(
  "the page of %s is fresh: npm run docs",
  async (library) => {
    const text = apiPage(library);
    expect(text).not.toContain("```ts\n\n```");
    const name = library.replace("ubootc/", "");
    await expect(text).toMatchFileSnapshot(page(`docs/api/${name}.md`));
  },
);
