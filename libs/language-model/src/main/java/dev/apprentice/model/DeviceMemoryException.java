package dev.apprentice.model;

/** A device's memory cannot hold a computation. Nothing was changed, so the caller may retry with less at once. */
public final class DeviceMemoryException extends ModelException {

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
