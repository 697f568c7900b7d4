/** A face as systems have it: the same character under the name that each system gives it. */
interface Face {
  /** CSS font-family. In order: macOS and iOS, Windows, Linux, Android's generic. */
  stack: string;
  /** The weight in which headlines look right. */
  weight: number;
  /** How far the letters of a headline move together. */
  tracking: string;
  /** How large it is set beside the others: letters of the same size are not equally large. */
  size: number;
}

/**
 * The faces that a paper can choose from. Nothing is fetched for them: a face from elsewhere would be a request to a
 * stranger, and one of our own 30 kB before the first word. The stacks follow https://modernfontstacks.com.
 */
export const FACES = {
  transitional: {
    stack: 'Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",serif',
    weight: 700,
    tracking: "-.015em",
    size: 1,
  },
  oldStyle: {
    stack:
      '"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Noto Serif",serif',
    weight: 700,
    tracking: "-.015em",
    size: 1,
  },
  schoolbook: {
    stack: '"New Century Schoolbook","Century Schoolbook",C059,Georgia,"Noto Serif",serif',
    weight: 700,
    tracking: "-.02em",
    size: 0.98,
  },
  times: {
    stack: '"Times New Roman",Times,"Nimbus Roman","Liberation Serif","Noto Serif",serif',
    weight: 700,
    tracking: "-.02em",
    size: 1.06,
  },
  didone: {
    stack:
      'Didot,"Bodoni 72","Bodoni MT","Noto Serif Display","Nimbus Roman","Times New Roman",serif',
    weight: 400,
    tracking: "-.025em",
    size: 1.08,
  },
  antique: {
    stack:
      'Superclarendon,"Bookman Old Style","URW Bookman","Georgia Pro",Georgia,"Noto Serif",serif',
    weight: 600,
    tracking: "-.03em",
    size: 0.92,
  },
  slab: {
    stack: 'Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif","Noto Serif",serif',
    weight: 700,
    tracking: "-.03em",
    size: 0.92,
  },
  system: {
    stack: 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif',
    weight: 700,
    tracking: "-.02em",
    size: 0.96,
  },
  grotesque: {
    stack: '"Helvetica Neue",Helvetica,"Arial Nova","Nimbus Sans",Roboto,Arial,sans-serif',
    weight: 700,
    tracking: "-.025em",
    size: 0.95,
  },
  humanist: {
    stack: 'Seravek,"Gill Sans Nova","Gill Sans",Calibri,Ubuntu,"Open Sans","Noto Sans",sans-serif',
    weight: 700,
    tracking: "-.015em",
    size: 0.98,
  },
  geometric: {
    stack: '"Avenir Next",Avenir,"Century Gothic","URW Gothic",Montserrat,Corbel,sans-serif',
    weight: 600,
    tracking: "-.03em",
    size: 0.92,
  },
  condensed: {
    stack:
      '"Avenir Next Condensed","Arial Narrow","Nimbus Sans Narrow","Liberation Sans Narrow","Roboto Condensed",sans-serif-condensed,Impact,sans-serif',
    weight: 700,
    tracking: "-.01em",
    size: 1.12,
  },
  rounded: {
    stack:
      'ui-rounded,"Hiragino Maru Gothic ProN",Quicksand,Comfortaa,"Arial Rounded MT Bold",Calibri,sans-serif',
    weight: 700,
    tracking: "-.015em",
    size: 0.95,
  },
  typewriter: {
    stack: '"American Typewriter","Courier Prime","Courier New","Nimbus Mono PS",monospace',
    weight: 700,
    tracking: "-.04em",
    size: 0.9,
  },
} as const satisfies Record<string, Face>;

export type FaceName = keyof typeof FACES;
export const FACE_NAMES = Object.keys(FACES) as FaceName[];
