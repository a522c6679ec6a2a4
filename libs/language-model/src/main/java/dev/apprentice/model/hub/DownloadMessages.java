package dev.apprentice.model.hub;

import java.util.Locale;
import java.util.function.Consumer;

/** Reports downloads as messages for a log: one for each tenth of a large file, none for a small one. */
public final class DownloadMessages implements DownloadListener {

    private static final long WORTH_A_WORD = 10_000_000;
    private static final int PARTS = 10;
    private static final double MEGABYTE = 1e6;

    private final Consumer<String> messages;
    private String file = "";
    private long part;

    public DownloadMessages(Consumer<String> messages) {
        this.messages = messages;
    }

    @Override
    public void progress(String file, long bytes, long of) {
        long reached = of < WORTH_A_WORD ? 0 : PARTS * bytes / of;
        if (!file.equals(this.file)) {
            this.file = file;
            part = 0;
        }
        if (reached > part) {
            part = reached;
            messages.accept(String.format(
                    Locale.ROOT, "downloading %s: %.0f of %.0f MB", file, bytes / MEGABYTE, of / MEGABYTE));
        }
    }

    @Override
    public void waiting(String file) {
        messages.accept("waiting for another process that is downloading " + file);
    }
}
