import { openBrowser } from "../screenshots/browser.ts";
import { liveADay } from "./live.ts";
const browser = await openBrowser();
await liveADay(browser, process.argv[2] ? { url: process.argv[2] } : {});
await browser.close();
