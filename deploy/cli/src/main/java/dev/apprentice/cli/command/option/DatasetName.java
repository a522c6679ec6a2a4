package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.Names;
import dev.apprentice.local.CommandException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.zip.CRC32;

/** Names of datasets that are made from files. */
public final class DatasetName {

    private static final int LONGEST = 100;
    private static final String WITHOUT_LETTERS = "dataset";

    private DatasetName() {}

    /**
     * Returns the file's name without its extension, with '-' in place of characters that no name may contain. If letters of
     * another script are lost, a checksum of the whole name is appended, so different names stay different.
     */
    public static String of(Path file) {
        String whole = file.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
        String plain = Normalizer.normalize(whole, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String name = plain.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        boolean lost = plain.codePoints().anyMatch(each -> each > 127 && Character.isLetterOrDigit(each));
        if (!lost && !name.isEmpty()) {
            return shortened(name, LONGEST);
        }
        String checksum = checksum(whole);
        String start = name.isEmpty() ? WITHOUT_LETTERS : name.replaceFirst("[^A-Za-z0-9]+$", "");
        return shortened(start, LONGEST - 1 - checksum.length()) + "-" + checksum;
    }

    /** Returns another name for the file of this path. It is derived from the path, so it is equal at every call. */
    public static String apart(String name, String path) {
        String checksum = checksum(path);
        return shortened(name, LONGEST - 1 - checksum.length()) + "-" + checksum;
    }

    /** Returns the name that a user gives. @throws CommandException if it is not valid */
    public static String given(String name) {
        if (!Names.isValid(name)) {
            throw new CommandException("'" + name + "' cannot name a dataset; " + Names.RULE + ".");
        }
        return name;
    }

    /** Returns an explanation if the dataset's name differs from the file's; else empty. */
    public static Optional<String> explained(Path file, String name) {
        String whole = file.getFileName().toString();
        return whole.startsWith(name + ".") || whole.equals(name)
                ? Optional.empty()
                : Optional.of("The dataset of " + whole + " is named " + name + ", because a dataset's name may have only"
                        + " the letters a-z and A-Z, digits, '.', '_' and '-'; --dataset NAME gives it another.");
    }

    private static String shortened(String name, int length) {
        return name.substring(0, Math.min(length, name.length()));
    }

    private static String checksum(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", checksum.getValue());
    }
}
