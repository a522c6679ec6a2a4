package dev.apprentice.model.hub;

/** Receives the progress of downloads, on the thread that downloads. */
public interface DownloadListener {

    /** Ignores all progress. */
    DownloadListener NONE = new DownloadListener() {
        @Override
        public void progress(String file, long bytes, long of) {}

        @Override
        public void waiting(String file) {}
    };

    /**
     * Called when more of a file has arrived.
     *
     * @param file such as {@code model.safetensors}
     * @param bytes the bytes on this machine, those of an earlier attempt included
     * @param of the file's size in bytes
     */
    void progress(String file, long bytes, long of);

    /** Called when another process is downloading the file, and this one waits for it. */
    void waiting(String file);
}
