// What progress.ts uses of cli-progress, which comes without types.
declare module "cli-progress" {
  export class SingleBar {
    constructor(options: {
      format: string;
      hideCursor?: boolean;
      clearOnComplete?: boolean;
      forceRedraw?: boolean;
      gracefulExit?: boolean;
      stream?: NodeJS.WritableStream;
    });
    start(total: number, startValue: number): void;
    update(current: number): void;
    render(): void;
    stop(): void;
  }
  const cliProgress: { SingleBar: typeof SingleBar };
  export default cliProgress;
}
