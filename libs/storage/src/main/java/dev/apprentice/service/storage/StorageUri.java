package dev.apprentice.service.storage;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or a folder in an object store, {@code s3://bucket/key}. A folder is the common prefix of its files' keys.
 *
 * @param bucket 3 to 63 lower-case letters, digits, dots and hyphens
 * @param key without a slash at either end; empty for the whole bucket
 */
public record StorageUri(String bucket, String key) {

    public static final String PREFIX = "s3://";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    /** Tells whether a location is meant to be such a URI. */
    public static boolean isOne(String location) {
        return location.startsWith(PREFIX);
    }

    /**
     * Parses a URI.
     *
     * @throws IllegalArgumentException saying what a URI looks like
     */
    public static StorageUri parse(String text) {
        Matcher matcher = FORM.matcher(text);
        String key = matcher.matches() && matcher.group(2) != null ? matcher.group(2).replaceAll("/+$", "") : "";
        if (!matcher.matches() || !key.isEmpty() && !isName(key)) {
            throw new IllegalArgumentException("'" + text + "' is no place in an object store; give s3://bucket/folder, without"
                    + " '.', '..' or an empty name among the folders");
        }
        return new StorageUri(matcher.group(1), key);
    }

    /**
     * Tells whether a text can be the name of a file below a folder, in an object store and on a disk. Such a name does not lead
     * out of the folder.
     */
    static boolean isName(String name) {
        return name.chars().noneMatch(character -> character < ' ' || character == '\\')
                && List.of(name.split("/", -1)).stream().noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /**
     * Returns the URI of a file or folder below this one.
     *
     * @param name may contain slashes
     */
    public StorageUri resolve(String name) {
        return new StorageUri(bucket, keyPrefix() + name);
    }

    /** Tells whether the other URI is this one or is below it. */
    public boolean holds(StorageUri other) {
        return bucket.equals(other.bucket) && (key.equals(other.key) || other.key.startsWith(keyPrefix()));
    }

    /** Returns the prefix of the keys of all files in this folder. */
    String keyPrefix() {
        return key.isEmpty() ? "" : key + "/";
    }

    @Override
    public String toString() {
        return PREFIX + bucket + (key.isEmpty() ? "" : "/" + key);
    }
}
