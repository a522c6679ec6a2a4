package dev.apprentice.local.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the reason of a member's failure in its log. */
final class LastWords {

    private LastWords() {}

    /** Returns the last error of the log, or its last line if there is no error. */
    static String of(Path log) {
        List<String> lines = lines(log).stream().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .map(line -> LogLine.parse(line).error())
                .flatMap(Optional::stream)
                .reduce((first, last) -> last)
                .or(() -> lines.isEmpty()
                        ? Optional.empty()
                        : Optional.of(LogLine.parse(lines.get(lines.size() - 1)).readable()))
                .orElse("its log is empty");
    }

    private static List<String> lines(Path log) {
        try {
            // not readAllLines: a killed process may leave a truncated character
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of("its log cannot be read: " + e.getMessage());
        }
    }
}
