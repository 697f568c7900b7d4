// Small pictures as encoders make them (libvips: libpng, mozjpeg, libwebp, libaom, cgif), and the tools to make
// hostile ones of them. All show the same: a gradient with a white corner at the top left.

export const pictures = {
  /** A palette, 24 × 16. */
  png: decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQBAMAAAD+CqKmAAAAMFBMVEUo5gB1JAB8tAD///9zbgArqgCyJADqJAAneAB67wC9swCybwDqbwDvswC97wDv7wByh10JAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAkElEQVQImWMwNjY2FhQUTEtLLy9ngHPS4BwxsbRyrDKObm7bjh8/Dua4uLhk784+c4aho6OjxcXF23v3GSinxcVl9+7dUE6Ii/bu3WvOnGEIDQ0NdVJy0lq16u5dECcoSElp0aq1a+EciAwDAwMT0yQ9rVfrIRxOzpkz57179/8/jPPu3fv3YA7DzJkg3v//AJLfT5Ce9RPxAAAAAElFTkSuQmCC",
  ),
  /** Red, green, blue and alpha, 12 × 8. */
  pngWithAlpha: decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAyklEQVQYlW3LMY0AIRRF0etiDFCPjEkQMRJ+h4DX0yEBESTIoMYALt5m2t09/cG/vOACrqAOmqAFOiCD+BMSLgnXhHpCM6GV0EnI6b+Qccm4ZtQzmhmtjE5GzggCX4HvwE/gN3AJXAP1QDPQCnQCOb7Q8NXw3fDT8Ntwabg21BuaDa2GTkNuXxj4Gvge+Bn4HbgMXAfqA82B1kBnII8vbHxtfG/8bPxuXDauG/WN5kZro7OR9xeML+Pb+DF+jYtxNepG02gZHSMb/QC9Jsf4pp2eVgAAAABJRU5ErkJggg==",
  ),
  /** Lies on its side (orientation 6), with EXIF that names place and device: 16 × 24 as shown. */
  pngFromPhone: decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQBAMAAAD+CqKmAAABP2lDQ1BpY2MAABiVfZC/SwJxGMY/11WWWA05NBQcJU0FUUtTgYZOEfgj1Kbz/FGgdt33QprLoaloiEZrCaLZxhz6A4KgIQqirdWghpKLrw5aUM/yfnh4Xt6XB5TnvFEQ3RoUirYVDvm1eCKpuV5Q8dLPIGO6IczlSDAKIPSSMGwrzw+936PIeTe9rhfTO6/Xq8kFpbo7UY4FP1Yu+F/udEYYwBfgM0zLBkUDxku2KXkJ8BrrehqUODBlxRNJUPakn2vxieRUiy8lW9FwAJQaoOU6ONXBhfy2vCslv/dkirEI0AeMIggTwv9HpreZCRBgBmRfv3sQ2bnZ1pZnEXqeHOdtElyH0DhynM9Tx2mcgfoIta32/mYF5uugHrS91DFc7cPIQ9vzVWCoDNUbU7f0pqUCXdkNqJ/DQAKGb8G99g3j4l+x2lMbhgAAADBQTFRFKOYAdSQAfLQA////c24AK6oAsiQA6iQAJ3gAeu8AvbMAsm8A6m8A77MAve8A7+8AcoddCQAAAXxlWElmSUkqAAgAAAAKAA8BAgAGAAAApgAAABABAgAKAAAAnAAAABIBAwABAAAABgAAABoBBQABAAAAhgAAABsBBQABAAAAjgAAACgBAwABAAAAAgAAADEBAgAFAAAAlgAAABMCAwABAAAAAQAAAGmHBAABAAAArAAAACWIBAABAAAA+gAAAAAAAAA4YwAA6AMAADhjAADoAwAAMTcuMgAAaVBob25lIDE1AEFwcGxlAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAYAAAAA6AEAAEAAAAQAAAAAAAAAAUAAQACAAIAAABOAAAAAgAFAAMAAABkAQAAAwACAAIAAABXAAAABAAFAAMAAABMAQAAEgACABAAAAA8AQAAAAAAAFdHUy04NCBmcm9tIEdQUwAAAAAAAQAAAAcAAAABAAAADhEAAGQAAAAzAAAAAQAAAB4AAAABAAAAngwAAGQAAAAFimr2AAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAkElEQVQImWMwNjY2FhQUTEtLLy9ngHPS4BwxsbRyrDKObm7bjh8/Dua4uLhk784+c4aho6OjxcXF23v3GSinxcVl9+7dUE6Ii/bu3WvOnGEIDQ0NdVJy0lq16u5dECcoSElp0aq1a+EciAwDAwMT0yQ9rVfrIRxOzpkz57179/8/jPPu3fv3YA7DzJkg3v//AJLfT5Ce9RPxAAAAAElFTkSuQmCC",
  ),
  /** Baseline, 24 × 16. */
  jpeg: decode(
    "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABgDASIAAhEBAxEB/8QAGAAAAwEBAAAAAAAAAAAAAAAAAAUGBAf/xAAeEAABBAEFAAAAAAAAAAAAAAAAAQMEYQIFBjGT0f/EABcBAAMBAAAAAAAAAAAAAAAAAAMEBQb/xAAcEQACAgIDAAAAAAAAAAAAAAAABAMRAQIhIjH/2gAMAwEAAhEDEQA/AKlNzaRlxLXqz8OdtQKHTMCja1AojSu2BUexdiVmBQFQ1AoBHZvk0kT3X0//2Q==",
  ),
  /** 24 × 16, ten scans. */
  jpegProgressive: decode(
    "/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAAQABgDASIAAhEBAxEB/8QAGAAAAwEBAAAAAAAAAAAAAAAAAAQFAwb/xAAXAQADAQAAAAAAAAAAAAAAAAACAwQF/9oADAMBAAIQAxAAAAGpzru8QJFQRpf/xAAYEAADAQEAAAAAAAAAAAAAAAAAAQIDFP/aAAgBAQABBQLpyFAoFAoFB//EABcRAAMBAAAAAAAAAAAAAAAAAAACAyH/2gAIAQMBAT8BlcW+H//EABcRAAMBAAAAAAAAAAAAAAAAAAABAwL/2gAIAQIBAT8B1YdT/8QAFhAAAwAAAAAAAAAAAAAAAAAAIDKh/9oACAEBAAY/Amhf/8QAFhAAAwAAAAAAAAAAAAAAAAAAESDh/9oACAEBAAE/IT2Z9f/aAAwDAQACAAMAAAAQ6C//xAAXEQADAQAAAAAAAAAAAAAAAAAAARFR/9oACAEDAQE/EFWmw//EABYRAQEBAAAAAAAAAAAAAAAAAAARIf/aAAgBAgEBPxC7V//EABgQAQEBAQEAAAAAAAAAAAAAAABhATHw/9oACAEBAAE/EM4t+4miimm//9k=",
  ),
  /** Orientation 6 and place and device in its EXIF, a profile (P3), 16 × 24 as shown. */
  jpegFromPhone: decode(
    "/9j/4QGERXhpZgAASUkqAAgAAAAKAA8BAgAGAAAApgAAABABAgAKAAAAnAAAABIBAwABAAAABgAAABoBBQABAAAAhgAAABsBBQABAAAAjgAAACgBAwABAAAAAgAAADEBAgAFAAAAlgAAABMCAwABAAAAAQAAAGmHBAABAAAArAAAACWIBAABAAAA+gAAAAAAAAA4YwAA6AMAADhjAADoAwAAMTcuMgAAaVBob25lIDE1AEFwcGxlAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAYAAAAA6AEAAEAAAAQAAAAAAAAAAUAAQACAAIAAABOAAAAAgAFAAMAAABkAQAAAwACAAIAAABXAAAABAAFAAMAAABMAQAAEgACABAAAAA8AQAAAAAAAFdHUy04NCBmcm9tIEdQUwAAAAAAAQAAAAcAAAABAAAADhEAAGQAAAAzAAAAAQAAAB4AAAABAAAAngwAAGQAAAD/4gHwSUNDX1BST0ZJTEUAAQEAAAHgbGNtcwQgAABtbnRyUkdCIFhZWiAH4gADABQACQAOAB1hY3NwTVNGVAAAAABzYXdzY3RybAAAAAAAAAAAAAAAAAAA9tYAAQAAAADTLWhhbmSC4qhyi4o/9yU+uZLuJNauAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAApkZXNjAAAA/AAAACRjcHJ0AAABIAAAACJ3dHB0AAABRAAAABRjaGFkAAABWAAAACxyWFlaAAABhAAAABRnWFlaAAABmAAAABRiWFlaAAABrAAAABRyVFJDAAABwAAAACBnVFJDAAABwAAAACBiVFJDAAABwAAAACBtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUAAzAENtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAYAAAAcAEMAQwAwAABYWVogAAAAAAAA9tYAAQAAAADTLXNmMzIAAAAAAAEMQgAABd7///MlAAAHkwAA/ZD///uh///+TgAAA5oAAMAUWFlaIAAAAAAAAIPfAAA9vwAAAABYWVogAAAAAAAASr8AALE3AAAKtVhZWiAAAAAAAAAoOAAAEQoAAMh4cGFyYQAAAAAAAwAAAAJmaQAA8qcAAA1ZAAAT0AAAClv/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABgDASIAAhEBAxEB/8QAGAAAAgMAAAAAAAAAAAAAAAAAAAYEBQf/xAAhEAABAwMEAwAAAAAAAAAAAAAAAQMFAgRiBhEhMUGT0f/EABYBAQEBAAAAAAAAAAAAAAAAAAUCBP/EABsRAAEEAwAAAAAAAAAAAAAAAAABAwQRAiEi/9oADAMBAAIRAxEAPwBqTUkSvV0vqr+Gds2Kp4GSmMxJDcbiG5ybIYlUpRsWaptwAztR2IGZX9jTcvk//9k=",
  ),
  /** VP8, 24 × 16. */
  webp: decode(
    "UklGRnIAAABXRUJQVlA4IGYAAAAQBACdASoYABAAPtFcpkyoJSOiMAgBABoJbACdMoRwN4AAX7mrxOJ/+AD+9gnfujk9F+XG3qrAkgcSA0Osu9zgD0QoaGzym45rlE5dJ0n9Lhofi7EIGEppGmVoUGFF3JrR7YmAAAA=",
  ),
  /** VP8L, 24 × 16. */
  webpLossless: decode(
    "UklGRn4AAABXRUJQVlA4THIAAAAvF8ADAE18gSGi/9EvIga8/6EpGDSSpKhPwql8/wp44UFAJ6+okSSl95gUnrQzyfAVCCT5Iyy5QkzACq9HRRZTeAbh5ACUv2tpkZ0pjKPZ95rMyYU/UFkkMplSPrQumSRoUh6ULhkkaFIelC4ZxGtSLgQ=",
  ),
  /** VP8X with ALPH and VP8, 12 × 8. */
  webpWithAlpha: decode(
    "UklGRoIAAABXRUJQVlA4WAoAAAAQAAAACwAABwAAQUxQSBQAAAABD/DA/4iIIBBIEPK32W6FiP5HDlZQOCBIAAAAUAIAnQEqDAAIAALATCWwAnS6AfgAAtF9W8wAAP7yFv1Rzmttn+deaZ5s7mnJh+/+Gmvaa6tXfDcf8DGpv2oa7/DPw/PTSzgA",
  ),
  /** Three frames, 24 × 16. */
  webpAnimated: decode(
    "UklGRooBAABXRUJQVlA4WAoAAAACAAAAFwAADwAAQU5JTQYAAAD/////AABBTk1GcAAAAAAAAAAAABcAAA8AAGQAAAJWUDggWAAAADAEAJ0BKhgAEAA/EXCwUCwmJKKwCAGAIglsAJ0yhHA3oABhcDshnqw9gAD+7Uh8Znxv352vzwwLJsJ3bqNATy3tv7Do4v2ta7m/dV5rxMkogE5QjqcMAABBTk1GbgAAAAAAAAAAABcAAA8AAGQAAABWUDggVgAAAPQCAJ0BKhgAEAA/EXS0UAMAgAACIJbACsLwABxW2QbgAP7tSH7A2u0nxHhARFWydN3S2FpbtllZC9kl3bvO6adLHcxuvXXNSt6HkxtWt/q1ooxwAAAAQU5NRnAAAAAAAAAAAAAXAAAPAABkAAAAVlA4IFgAAABUAwCdASoYABAAPxFwsFADAIAAAiCWwAnTKEdyaAA5KHPGgAD+7Uh+lYgcry7BHvzFOKnr3O0IXE+FiYoYqUx//y3+pKWlW8RIqryP143KQGz0vxWOGAAA",
  ),
  /** VP8X with ICCP, VP8, EXIF (orientation 6, place, device) and XMP; 16 × 24 as shown. */
  webpFromPhone: decode(
    "UklGRkoEAABXRUJQVlA4WAoAAAAsAAAAFwAADwAASUNDUOABAAAAAAHgbGNtcwQgAABtbnRyUkdCIFhZWiAH4gADABQACQAOAB1hY3NwTVNGVAAAAABzYXdzY3RybAAAAAAAAAAAAAAAAAAA9tYAAQAAAADTLWhhbmSC4qhyi4o/9yU+uZLuJNauAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAApkZXNjAAAA/AAAACRjcHJ0AAABIAAAACJ3dHB0AAABRAAAABRjaGFkAAABWAAAACxyWFlaAAABhAAAABRnWFlaAAABmAAAABRiWFlaAAABrAAAABRyVFJDAAABwAAAACBnVFJDAAABwAAAACBiVFJDAAABwAAAACBtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUAAzAENtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAYAAAAcAEMAQwAwAABYWVogAAAAAAAA9tYAAQAAAADTLXNmMzIAAAAAAAEMQgAABd7///MlAAAHkwAA/ZD///uh///+TgAAA5oAAMAUWFlaIAAAAAAAAIPfAAA9vwAAAABYWVogAAAAAAAASr8AALE3AAAKtVhZWiAAAAAAAAAoOAAAEQoAAMh4cGFyYQAAAAAAAwAAAAJmaQAA8qcAAA1ZAAAT0AAACltWUDggXgAAABAEAJ0BKhgAEAA+0WKmTSgmI6IwCAEAGglsAJ0yhHA3oABejzBO/1VMAP72Cd+6SDYUd98zekI2OTYLqWHMehW/oDohA0nSVgfjzuX3ugxjSHUcEdmkXHVI7xKAAABFWElGggEAAEV4aWYAAElJKgAIAAAACgAPAQIABgAAAKYAAAAQAQIACgAAAJwAAAASAQMAAQAAAAYAAAAaAQUAAQAAAIYAAAAbAQUAAQAAAI4AAAAoAQMAAQAAAAIAAAAxAQIABQAAAJYAAAATAgMAAQAAAAEAAABphwQAAQAAAKwAAAAliAQAAQAAAPoAAAAAAAAAOGMAAOgDAAA4YwAA6AMAADE3LjIAAGlQaG9uZSAxNQBBcHBsZQAGAACQBwAEAAAAMDIxMAGRBwAEAAAAAQIDAACgBwAEAAAAMDEwMAGgAwABAAAA//8AAAKgBAABAAAAGAAAAAOgBAABAAAAEAAAAAAAAAAFAAEAAgACAAAATgAAAAIABQADAAAAZAEAAAMAAgACAAAAVwAAAAQABQADAAAATAEAABIAAgAQAAAAPAEAAAAAAABXR1MtODQgZnJvbSBHUFMAAAAAAAEAAAAHAAAAAQAAAA4RAABkAAAAMwAAAAEAAAAeAAAAAQAAAJ4MAABkAAAAWE1QIFMAAAA8eDp4bXBtZXRhIHhtbG5zOng9ImFkb2JlOm5zOm1ldGEvIj48cmRmOlJERj5IYXJib3VyIFN0cmVldCA3PC9yZGY6UkRGPjwveDp4bXBtZXRhPgA=",
  ),
  /** 24 × 16. */
  avif: decode(
    "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAAFQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAABgAAAAQAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAABcbWRhdBIACgg4EO/tICGg0jJGGsJi5OOOQAFDjgDxDVfWuxxsVI7Qq/7UFYdcAHHfjMolJ67zMkk5gJekzElmkVSLvEAus/Zb26wHYvELpKcc9VXXb5KJ8A==",
  ),
  /** Two items, colour and alpha, 12 × 8. */
  avifWithAlpha: decode(
    "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAAXBtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAABlAABAAAAAAAAAD8AAgAAAAAB0wABAAAAAAAAABwAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABhdjAxAAAAABVpbmZlAgAAAAACAABhdjAxAAAAAA5waXRtAAAAAAABAAAAr2lwcnAAAACKaXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAwAAAAIAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQAcAAAAAA5waXhpAAAAAAEIAAAAOGF1eEMAAAAAdXJuOm1wZWc6bXBlZ0I6Y2ljcDpzeXN0ZW1zOmF1eGlsaWFyeTphbHBoYQAAAAAdaXBtYQAAAAAAAAACAAEDgQIDAAIEhAIFhgAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQABAAAAY21kYXQSAAoIOAyvtICGg0gyMRrCYuTgABQ45PpWyENEHvXPccjeL0dNZQUNimLpJtCYheu8UbuucIL5WKsxEBBhLqASAAoFGAyvsKgyERmAEEEA7/NH5OhmJ5Mc2OSA",
  ),
  /** Three items: AV1, Exif (place, device) and XMP; a profile. 24 × 16. */
  avifFromPhone: decode(
    "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAA05tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAEZpbG9jAAAAAERAAAMAAQAAAAADcgABAAAAAAAAAFUAAgAAAAADxwABAAAAAAAAAYYAAwAAAAAFTQABAAAAAAAAAFMAAABiaWluZgAAAAAAAwAAABVpbmZlAgAAAAABAABhdjAxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAACppbmZlAgAAAQADAABtaW1lAGFwcGxpY2F0aW9uL3JkZit4bWwAAAAAAA5waXRtAAAAAAABAAACQ2lwcnAAAAIkaXBjbwAAAAxhdjFDgSACAAAAAexjb2xycklDQwAAAeBsY21zBCAAAG1udHJSR0IgWFlaIAfiAAMAFAAJAA4AHWFjc3BNU0ZUAAAAAHNhd3NjdHJsAAAAAAAAAAAAAAAAAAD21gABAAAAANMtaGFuZILiqHKLij/3JT65ku4k1q4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACmRlc2MAAAD8AAAAJGNwcnQAAAEgAAAAInd0cHQAAAFEAAAAFGNoYWQAAAFYAAAALHJYWVoAAAGEAAAAFGdYWVoAAAGYAAAAFGJYWVoAAAGsAAAAFHJUUkMAAAHAAAAAIGdUUkMAAAHAAAAAIGJUUkMAAAHAAAAAIG1sdWMAAAAAAAAAAQAAAAxlblVTAAAACAAAABwAcwBQADMAQ21sdWMAAAAAAAAAAQAAAAxlblVTAAAABgAAABwAQwBDADAAAFhZWiAAAAAAAAD21gABAAAAANMtc2YzMgAAAAAAAQxCAAAF3v//8yUAAAeTAAD9kP//+6H///5OAAADmgAAwBRYWVogAAAAAAAAg98AAD2/AAAAAFhZWiAAAAAAAABKvwAAsTcAAAq1WFlaIAAAAAAAACg4AAARCgAAyHhwYXJhAAAAAAADAAAAAmZpAADypwAADVkAABPQAAAKWwAAABRpc3BlAAAAAAAAABgAAAAQAAAAEHBpeGkAAAAAAwgICAAAABdpcG1hAAAAAAAAAAEAAQSBAgMEAAAAKGlyZWYAAAAAAAAADmNkc2MAAgABAAEAAAAOY2RzYwADAAEAAQAAAjZtZGF0EgAKCDgQ7+0gIaDSMkcawmLk4MMw4UOEAPENXZvUjjgiZG1rPQYNBnt/rSxdV454UzvDC7rzqwV3elnQLW+PSHs906BQE741XBfa9kvMRFrM9Z40gAAAAAZFeGlmAABJSSoACAAAAAoADwECAAYAAACmAAAAEAECAAoAAACcAAAAEgEDAAEAAAABAAAAGgEFAAEAAACGAAAAGwEFAAEAAACOAAAAKAEDAAEAAAACAAAAMQECAAUAAACWAAAAEwIDAAEAAAABAAAAaYcEAAEAAACsAAAAJYgEAAEAAAD6AAAAAAAAADhjAADoAwAAOGMAAOgDAAAxNy4yAABpUGhvbmUgMTUAQXBwbGUABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAABgAAAADoAQAAQAAABAAAAAAAAAABQABAAIAAgAAAE4AAAACAAUAAwAAAGQBAAADAAIAAgAAAFcAAAAEAAUAAwAAAEwBAAASAAIAEAAAADwBAAAAAAAAV0dTLTg0IGZyb20gR1BTAAAAAAABAAAABwAAAAEAAAAOEQAAZAAAADMAAAABAAAAHgAAAAEAAACeDAAAZAAAADx4OnhtcG1ldGEgeG1sbnM6eD0iYWRvYmU6bnM6bWV0YS8iPjxyZGY6UkRGPkhhcmJvdXIgU3RyZWV0IDc8L3JkZjpSREY+PC94OnhtcG1ldGE+",
  ),
  /** 12 × 8. */
  gif: decode(
    "R0lGODlhDAAIAIMAAPSAACVtAO73ADH/ABShAOTFAPQnAMUnAJcnALqAAGknAI/DAJ/0AP///26CADnOACH5BAQAAAAALAAAAAAMAAgAAAQusMmmFELnGDOpxRo3VVe2BWjgrEkLAES8si4cP8+iL0WP/zoGoycYGI1CoWAZAQA7",
  ),
  /** Three frames, 12 × 8, for ever. */
  gifAnimated: decode(
    "R0lGODlhDAAIAIMAAPSAACVtAO73ADH/ABShAOTFAPQnAMUnAJcnALqAAGknAI/DAJ/0AP///26CADnOACH/C05FVFNDQVBFMi4wAwEAAAAh+QQECgAAACwAAAAADAAIAAAELrDJphRC5xgzqcUaN1VXtgVo4KxJCwBEvLIuHD/Poi9Fj/86BqMnGBiNQqFgGQEAIfkEBQoAEAAsAAAAAAwACACDlxRQ9IBQxYBQ3f9QkF9QMf9QWYNQ9CdQxSdQaSdQGYBQl6pQ6clQ////kutQMclQBTQgJEJJAgAIchwjaaIqO5YEka5Kbhg1IQiBQE6xMywWv+BjuTweGVDmw0F1QKGFbLbqGHhDACH5BAUKABAALAAAAAAMAAgAg7q2oOn/oGmSoO18oLWDoO3NoPQnoHQUoDX6oHRboHTJoJ/0oP///yDGoCB9oLonoAU0ICRCR/mchjGSJqqOSXw+qWM7cUIQQ38LQMGON2gYG4okYFkoHBFJxQLQLCCu14V2EeiGAAA7",
  ),
};

function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** One byte for each character. */
export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function text(bytes: Uint8Array): string {
  return bytes.reduce((read, byte) => read + String.fromCharCode(byte), "");
}

export function join(...parts: (Uint8Array | string)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === "string" ? latin(part) : part));
  const joined = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of bytes) {
    joined.set(each, at);
    at += each.length;
  }
  return joined;
}

/** The picture with some of its bytes replaced, from an offset on. */
export function patched(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** The picture with something put in at an offset. */
export function inserted(bytes: Uint8Array, at: number, part: Uint8Array | string): Uint8Array {
  return join(bytes.subarray(0, at), part, bytes.subarray(at));
}

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function littleU32(value: number): Uint8Array {
  return u32(value).toReversed();
}

export function offsetOf(bytes: Uint8Array, mark: string): number {
  const at = text(bytes).indexOf(mark);
  if (at < 0) throw new Error(`The picture has no "${mark}"`);
  return at;
}

/** A ZIP archive of one empty file. */
export const zip = join(
  "PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a",
  "PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a",
  "PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x1f\0\0\0\0\0",
);

/** A Windows program, as far as its headers. */
export const program = join("MZ", new Uint8Array(58), "\x40\0\0\0", "PE\0\0");

// PNG

export function pngChunk(type: string, contents: Uint8Array | string): Uint8Array {
  const named = join(type, contents);
  return join(u32(named.length - 4), named, u32(crc(named)));
}

/** Puts a chunk in before the first one of a type. */
export function withChunk(png: Uint8Array, before: string, chunk: Uint8Array): Uint8Array {
  return inserted(png, offsetOf(png, before) - 4, chunk);
}

/** The PNG with another size in its header, and the right checksum. */
export function pngOfSize(width: number, height: number): Uint8Array {
  const header = join(u32(width), u32(height), pictures.png.subarray(24, 29));
  return join(pictures.png.subarray(0, 8), pngChunk("IHDR", header), pictures.png.subarray(33));
}

/** An APNG of two frames, each the whole picture. */
export function apng(promised = 2, width = 12): Uint8Array {
  const png = pictures.pngWithAlpha;
  const start = offsetOf(png, "IDAT");
  const pixels = png.subarray(
    start + 4,
    start + 4 + (png[start - 1] ?? 0) + (png[start - 2] ?? 0) * 256,
  );
  const control = (sequence: number) =>
    pngChunk("fcTL", join(u32(sequence), u32(width), u32(8), u32(0), u32(0), "\0\x01\0\x0a\0\0"));
  const animation = join(pngChunk("acTL", join(u32(promised), u32(0))), control(0));
  const second = join(control(1), pngChunk("fdAT", join(u32(2), pixels)));
  return withChunk(withChunk(png, "IDAT", animation), "IEND", second);
}

/** Bit by bit, so that it has nothing in common with the one that is tested. */
function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}

// JPEG

export function jpegSegment(marker: number, contents: Uint8Array | string): Uint8Array {
  const length = contents.length + 2;
  return join(Uint8Array.of(0xff, marker, length >> 8, length & 255), contents);
}

/** Puts a segment in right after SOI. */
export function withSegment(marker: number, contents: Uint8Array | string): Uint8Array {
  return inserted(pictures.jpeg, 2, jpegSegment(marker, contents));
}

/** EXIF with a big-endian directory of one entry, the orientation. */
export function exifTurned(orientation: number): Uint8Array {
  return join(
    "MM\0*",
    u32(8),
    "\0\x01",
    "\x01\x12\0\x03",
    u32(1),
    Uint8Array.of(0, orientation),
    "\0\0",
    u32(0),
  );
}

// WebP

export function webpChunk(type: string, contents: Uint8Array | string): Uint8Array {
  return join(type, littleU32(contents.length), contents, contents.length % 2 ? "\0" : "");
}

/** A WebP of these chunks. */
export function webpOf(...chunks: (Uint8Array | string)[]): Uint8Array {
  return webpChunk("RIFF", join("WEBP", ...chunks));
}

/** The WebP with a chunk more at its end, inside. */
export function withWebpChunk(webp: Uint8Array, chunk: Uint8Array): Uint8Array {
  return webpOf(webp.subarray(12), chunk);
}

// GIF

/** The GIF with a comment before its first frame. */
export function withComment(gif: Uint8Array, comment: string): Uint8Array {
  return inserted(
    gif,
    offsetOf(gif, "!"),
    join("!\xfe", String.fromCharCode(comment.length), comment, "\0"),
  );
}

// AVIF

export function box(type: string, contents: Uint8Array | string): Uint8Array {
  return join(u32(contents.length + 8), type, contents);
}

/** `pictures.avif` with a property put in after its last, and told of its picture instead of that one. */
export function withProperty(property: Uint8Array): Uint8Array {
  const { avif } = pictures;
  const after = offsetOf(avif, "ipma") - 4;
  const larger = inserted(avif, after, property);
  const view = new DataView(larger.buffer);
  const lengths = ["meta", "iprp", "ipco"].map((type) => offsetOf(avif, type) - 4);
  // `iloc` of version 0 states the base offset of its one item 16 bytes after its name.
  for (const at of [...lengths, offsetOf(avif, "iloc") + 16]) {
    view.setUint32(at, view.getUint32(at) + property.length);
  }
  larger[after + property.length + 21] = 0x84;
  return larger;
}

/** An AVIF of two tiles, side by side: 48 × 16. `wide` states all numbers in the widest way there is. */
export function avifGrid({ wide = false, columns = 2, bytes = pictures.avif.slice(250) } = {}) {
  const { avif } = pictures;
  const id = (number: number) => (wide ? u32(number) : u32(number).subarray(2));
  const long = (number: number) => (wide ? join(u32(0), u32(number)) : u32(number));
  const part = (type: string) => {
    const start = offsetOf(avif, type) - 4;
    return avif.subarray(start, start + (avif[start + 3] ?? 0));
  };
  const size = box("ispe", join(u32(0), u32(24 * columns), u32(16)));
  const [ipmaHead, isWide] = wide ? ["\x01\0\0\x01", "\0"] : ["\0\0\0\0", ""];
  const told = (item: number, ...properties: string[]) =>
    join(
      id(item),
      String.fromCharCode(properties.length),
      ...properties.map((each) => isWide + each),
    );
  const properties = box("ipco", join(size, part("av1C"), part("ispe"), part("pixi")));
  const tile = ["\x02", "\x03", "\x04"];
  const ipma = join(ipmaHead, u32(3), told(1, "\x01"), told(2, ...tile), told(3, ...tile));
  const infe = (item: number, type: string) =>
    box("infe", join(wide ? "\x03\0\0\0" : "\x02\0\0\0", id(item), "\0\0", type, "name\0"));
  const shape = join(wide ? "\0\x01" : "\0\0", "\0", String.fromCharCode(columns - 1));
  const grid = join(shape, id(24 * columns), id(16));
  const home = wide ? join(u32(1), "mdat", long(bytes.length + 16), bytes) : box("mdat", bytes);
  const metaAt = (data: number) => {
    const place = (item: number, method: string, at: number, length: number) =>
      join(id(item), `\0${method}`, "\0\0", "\0\x01", long(at), long(length));
    const tiles = [2, 3].map((item) => place(item, "\0", data, bytes.length));
    const ilocHead = wide ? "\x02\0\0\0\x88\0" : "\x01\0\0\0\x44\0";
    return box(
      "meta",
      join(
        u32(0),
        part("hdlr"),
        box("pitm", join(wide ? "\x01\0\0\0" : "\0\0\0\0", id(1))),
        box("iloc", join(ilocHead, id(3), place(1, "\x01", 0, grid.length), ...tiles)),
        box(
          "iinf",
          join(
            wide ? "\x01\0\0\0" : "\0\0\0\0",
            id(3),
            infe(1, "grid"),
            infe(2, "av01"),
            infe(3, "av01"),
          ),
        ),
        box(
          "iref",
          join(wide ? "\x01\0\0\0" : "\0\0\0\0", box("dimg", join(id(1), "\0\x02", id(2), id(3)))),
        ),
        box("iprp", join(properties, box("ipma", ipma))),
        box("idat", grid),
      ),
    );
  };
  const start = avif.subarray(0, 28);
  const data = start.length + metaAt(0).length + home.length - bytes.length;
  return join(start, metaAt(data), home);
}
