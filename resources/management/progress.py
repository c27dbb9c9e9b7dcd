"""A progress bar for commands: redrawn on a terminal, a line now and then elsewhere."""

WIDTH = 30


class ProgressBar:
    """Shows how far each stage has come. `output` may be None: then it shows nothing."""

    def __init__(self, output, is_terminal: bool):
        self.output, self.is_terminal = output, is_terminal
        self.shown: tuple[str, int] = ("", -1)
        self.open = False

    def show(self, stage: str, done: int, total: int) -> None:
        """Tells of `done` of `total` in a stage; every percent on a terminal, every tenth elsewhere."""
        percent = 100 * done // total if total else 100
        step = percent if self.is_terminal else percent // 10 * 10
        if self.output is None or (stage, step) == self.shown:
            return
        if self.open and stage != self.shown[0]:
            self.end()
        self.shown = (stage, step)
        filled = WIDTH * percent // 100
        line = f"{stage:8} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total}"
        if self.is_terminal:
            self.output.write(f"\r{line}", ending="")
            self.output.flush()
            self.open = True
        else:
            self.output.write(line)

    def end(self) -> None:
        """Leaves the line of the bar."""
        if self.open:
            self.output.write("")
            self.open = False
