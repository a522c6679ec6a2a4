package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.Names;
import dev.apprentice.local.CommandException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.zip.CRC32;

/** The name a file's examples get at dataset-service. */
public final class DatasetName {

    private static final int LONGEST = 100;
    private static final String WITHOUT_LETTERS = "dataset";

    private DatasetName() {}

    /**
     * The file's name without its ending, with '-' for what no name may contain. A name that loses letters of another
     * script gets a checksum of the whole, so that two such files have two datasets.
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

    /** Another name, for the file of this path; it is the path's, so that it has it the next time too. */
    public static String apart(String name, String path) {
        String checksum = checksum(path);
        return shortened(name, LONGEST - 1 - checksum.length()) + "-" + checksum;
    }

    /** @throws CommandException if it cannot name a dataset */
    public static String given(String name) {
        if (!Names.isValid(name)) {
            throw new CommandException("'" + name + "' cannot name a dataset; " + Names.RULE + ".");
        }
        return name;
    }

    /** What to say where a file's dataset is not called as the file is; empty where it is. */
    public static Optional<String> explained(Path file, String name) {
        String whole = file.getFileName().toString();
        return whole.startsWith(name + ".") || whole.equals(name)
                ? Optional.empty()
                : Optional.of("The dataset of " + whole + " is called " + name + ", as a dataset's name has plain letters and"
                        + " digits only; --dataset gives it another.");
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
