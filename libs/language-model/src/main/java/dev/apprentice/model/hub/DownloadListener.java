package dev.apprentice.model.hub;

/** Hears how a model's files arrive, on the thread that fetches them. */
public interface DownloadListener {

    /** Says nothing. */
    DownloadListener NONE = new DownloadListener() {
        @Override
        public void progress(String file, long bytes, long of) {}

        @Override
        public void waiting(String file) {}
    };

    /**
     * More of a file is here.
     *
     * @param file such as {@code model.safetensors}
     * @param bytes of it that are on this machine, those of an earlier attempt included
     * @param of bytes it has in all
     */
    void progress(String file, long bytes, long of);

    /** Another process is fetching the same file; this one waits for it. */
    void waiting(String file);
}
