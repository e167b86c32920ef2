// An image that asks to be encrypted is never written in the clear.
import { expect, it } from "vitest";
import { encodeFit, readItsText, storeTree } from "../../src/image/index.js";

const source = (more: string) => `/dts-v1/; / {
  description = "x";
  images { k { description = "k"; data = "KERNEL"; ${more} cipher { algo = "aes256"; key-name-hint = "aes"; }; }; };
  configurations { default = "c"; c { description = "c"; kernel = "k"; }; };
};`;

function encoded(more: string) {
  const { tree, problems } = readItsText(source(more));
  if (!tree) throw new Error(JSON.stringify(problems));
  return encodeFit(storeTree(tree));
}

it("is refused, with the image that asks", () => {
  const { image, problems } = encoded("");
  expect(image).toBe(undefined);
  expect(problems).toMatchObject([{ code: "image-cipher", path: "/images/k" }]);
});

it("passes where it is encrypted already, as mkimage leaves it", () => {
  expect(encoded("data-size-unciphered = <6>;").problems).toEqual([]);
});
