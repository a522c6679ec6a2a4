package dev.apprentice.cli.generate.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads and appends to files with a JSON value on each line. */
final class JsonLinesFile {

    private JsonLinesFile() {}

    /**
     * Returns the lines of a file; none if it does not exist. Removes a truncated last line, which a kill leaves, so the next
     * line starts properly.
     *
     * @throws CommandException if a line is not JSON
     */
    static List<JsonNode> whole(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (whole.length() < text.length()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
                }
            }
            int number = 0;
            for (String line : whole.lines().toList()) {
                number++;
                if (!line.isBlank()) {
                    lines.add(parsed(file, number, line));
                }
            }
        }
        return lines;
    }

    private static JsonNode parsed(Path file, int number, String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new CommandException("Line " + number + " of " + file + " is not JSON (" + e.getOriginalMessage()
                    + "); repair it, or name another file with --out.", e);
        }
    }

    /** Appends lines to a file, which is created if needed, and syncs it to disk. */
    static void append(Path file, List<? extends JsonNode> lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            append(channel, lines);
        }
    }

    /** Writes lines at the channel's position and syncs them to disk. */
    static void append(FileChannel channel, List<? extends JsonNode> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text(lines).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    static String text(List<? extends JsonNode> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
