package dev.apprentice.cli.terminal;

import dev.apprentice.model.hub.DownloadListener;

/** Shows a bar for each file of at least 1 MB. */
public final class DownloadBars implements DownloadListener, AutoCloseable {

    private static final long WORTH_A_BAR = 1_000_000;
    private static final int MEGABYTE = 1_000_000;

    private final Screen screen;
    private String file = "";
    private Bar bar;

    public DownloadBars(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void progress(String file, long bytes, long of) {
        if (of < WORTH_A_BAR) {
            return;
        }
        if (!file.equals(this.file)) {
            close();
            this.file = file;
            bar = new Bar(screen, file, "MB", of / MEGABYTE);
        }
        bar.update(bytes / MEGABYTE);
    }

    @Override
    public void waiting(String file) {
        screen.print("Another process is downloading " + file + "; waiting for it.");
    }

    /** Leaves the last bar on the screen as it is. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
