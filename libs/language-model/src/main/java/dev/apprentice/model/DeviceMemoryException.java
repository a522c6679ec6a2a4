package dev.apprentice.model;

/** A device's memory does not hold what is to be computed. Less of it may be tried at once; nothing was changed. */
public final class DeviceMemoryException extends ModelException {

    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
