import { render } from "preact";
import { enter } from "./session.ts";
import { Shell } from "./shell.tsx";
import { chooseFirstLanguage } from "./words/words.ts";

await chooseFirstLanguage();
const root = document.querySelector("#desk");
if (root) render(<Shell />, root);
if (!location.hash.startsWith("#invitation=")) await enter();
