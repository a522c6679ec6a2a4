package dev.apprentice.dataset.datasets.download;

/** Thrown when a dataset cannot be fetched. The message is one sentence that names the address, what happened and the way out. */
public class DownloadException extends RuntimeException {

    /** The cause of the failure. */
    public enum Fault {
        /** The address cannot be used. */
        ADDRESS,
        /** The server that it names refuses, fails or closes the connection. */
        SERVER,
        /** The server takes too long. */
        TIMEOUT
    }

    private final Fault fault;

    DownloadException(Fault fault, String message) {
        this(fault, message, null);
    }

    DownloadException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
