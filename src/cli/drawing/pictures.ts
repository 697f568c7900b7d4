import type { Chance } from "./chance.ts";
import type { Palette } from "./ink.ts";
import { FIELD, HARBOUR, RIVER, STAGE, TRADE, WINTER } from "./palettes.ts";
import { drawAccordion } from "./scene-accordion.ts";
import { drawAuction } from "./scene-auction.ts";
import { drawBridge } from "./scene-bridge.ts";
import { drawChoir } from "./scene-choir.ts";
import { drawCinema } from "./scene-cinema.ts";
import { drawFerry } from "./scene-ferry.ts";
import { drawFlood } from "./scene-flood.ts";
import { drawFootball } from "./scene-football.ts";
import { drawGate } from "./scene-gate.ts";
import { drawGauge } from "./scene-gauge.ts";
import { drawGigs } from "./scene-gigs.ts";
import { drawGlass } from "./scene-glass.ts";
import { drawKitchen } from "./scene-kitchen.ts";
import { drawLanterns } from "./scene-lanterns.ts";
import { drawLaundry } from "./scene-laundry.ts";
import { drawLedger } from "./scene-ledger.ts";
import { drawLighthouse } from "./scene-lighthouse.ts";
import { drawLowWater } from "./scene-low-water.ts";
import { drawMole } from "./scene-mole.ts";
import { drawNightBus } from "./scene-night-bus.ts";
import { drawPilot } from "./scene-pilot.ts";
import { drawRopeWalk } from "./scene-rope-walk.ts";
import { drawShops } from "./scene-shops.ts";
import { drawSignwriter } from "./scene-signwriter.ts";
import { drawSwimmers } from "./scene-swimmers.ts";
import { drawTerraces } from "./scene-terraces.ts";
import { drawTides } from "./scene-tides.ts";
import { drawTram } from "./scene-tram.ts";

/** A picture of the sample paper: where it is kept, how it is printed, and what is on it. */
export interface PictureJob {
  file: string;
  width: number;
  height: number;
  palette: Palette;
  /** Distance between two dots of the screen, in pixels; 9 if left out. */
  dots?: number;
  /** How many KB it may take; 90 if left out. */
  room?: number;
  /** More than one for a picture that moves; `draw` is told which one it draws. */
  frames?: number;
  draw(chance: Chance, frame: number): string;
}

const wide = { width: 1600, height: 1067 };
const upright = { width: 1067, height: 1600 };

export const PICTURES: readonly PictureJob[] = [
  { file: "gate.jpg", ...wide, palette: HARBOUR, draw: drawGate },
  { file: "ferry.jpg", ...wide, palette: WINTER, room: 125, draw: drawFerry },
  { file: "shops.jpg", ...wide, palette: HARBOUR, room: 115, draw: drawShops },
  { file: "night-bus.jpg", ...wide, palette: HARBOUR, draw: drawNightBus },
  { file: "tram.jpg", ...wide, palette: HARBOUR, room: 122, draw: drawTram },
  { file: "flood.jpg", ...wide, palette: WINTER, draw: drawFlood },
  { file: "gauge.jpg", ...wide, palette: WINTER, draw: drawGauge },
  { file: "auction.jpg", ...wide, palette: TRADE, draw: drawAuction },
  { file: "glass.jpg", ...wide, palette: TRADE, draw: drawGlass },
  { file: "rope-walk.jpg", ...wide, palette: TRADE, draw: drawRopeWalk },
  { file: "laundry.webp", ...wide, palette: WINTER, draw: drawLaundry },
  { file: "ledger.jpg", ...wide, palette: STAGE, draw: drawLedger },
  { file: "choir.jpg", ...wide, palette: STAGE, draw: drawChoir },
  { file: "cinema.jpg", ...wide, palette: STAGE, draw: drawCinema },
  { file: "lanterns.jpg", ...wide, palette: STAGE, room: 115, draw: drawLanterns },
  { file: "kitchen.webp", ...wide, palette: STAGE, draw: drawKitchen },
  { file: "accordion.jpg", ...wide, palette: STAGE, draw: drawAccordion },
  { file: "signwriter.jpg", width: 1400, height: 1400, palette: RIVER, draw: drawSignwriter },
  { file: "pilot.jpg", ...upright, palette: WINTER, draw: drawPilot },
  { file: "swimmers.jpg", ...wide, palette: RIVER, draw: drawSwimmers },
  { file: "terraces.jpg", width: 2000, height: 900, palette: RIVER, room: 125, draw: drawTerraces },
  { file: "bridge.jpg", ...wide, palette: RIVER, room: 120, draw: drawBridge },
  { file: "low-water.jpg", ...wide, palette: RIVER, room: 125, draw: drawLowWater },
  { file: "lighthouse.jpg", ...upright, palette: HARBOUR, draw: drawLighthouse },
  { file: "football.jpg", ...wide, palette: FIELD, room: 115, draw: drawFootball },
  { file: "gigs.webp", ...wide, palette: FIELD, draw: drawGigs },
  { file: "tides.png", ...wide, palette: WINTER, draw: drawTides },
  { file: "mole.gif", width: 720, height: 480, palette: WINTER, frames: 10, draw: drawMole },
];
