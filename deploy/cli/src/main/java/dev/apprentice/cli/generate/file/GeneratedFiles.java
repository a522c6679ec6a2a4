package dev.apprentice.cli.generate.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Three files of JSON lines, written piece by piece: {@code NAME.jsonl} with the examples to learn, {@code NAME.rejects.jsonl}
 * with the others and the reasons, and {@code NAME.progress.jsonl} with the pieces that are done.
 *
 * <p>A piece's line of progress is written last. The next call removes what it finds of a piece without such a line, and does the
 * piece again. So a call that is killed at any moment loses only that piece and writes nothing twice.
 */
public final class GeneratedFiles implements AutoCloseable {

    private static final String ID = "source_id";
    private static final String ENDING = ".jsonl";

    private final Path out;
    private final Path rejects;
    private final FileChannel progress;
    private final Set<String> done = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final List<JsonNode> kept = new ArrayList<>();
    private final List<JsonNode> rejected = new ArrayList<>();

    private GeneratedFiles(Path out, Path rejects, FileChannel progress) {
        this.out = out;
        this.rejects = rejects;
        this.progress = progress;
    }

    /**
     * Opens the files, or creates them.
     *
     * @param out must end with {@code .jsonl}
     * @param source what the examples are made from; files made from another source are refused
     * @throws CommandException if they cannot be used
     */
    public static GeneratedFiles open(Path out, String source) {
        if (!out.toString().endsWith(ENDING)) {
            throw new CommandException("--out is " + out + "; it holds JSON lines, so its name must end with " + ENDING + ".");
        }
        Path rejects = beside(out, ".rejects");
        Path progress = beside(out, ".progress");
        try {
            if (!Files.exists(progress) && (Files.exists(out) || Files.exists(rejects))) {
                throw new CommandException((Files.exists(out) ? out : rejects)
                        + " already exists and was not written by this command; name another file with --out.");
            }
            if (out.toAbsolutePath().getParent() != null) {
                Files.createDirectories(out.toAbsolutePath().getParent());
            }
            GeneratedFiles files = new GeneratedFiles(out, rejects, locked(out, progress));
            files.goOn(progress, source);
            return files;
        } catch (IOException e) {
            throw new CommandException(out + " cannot be written (" + e + ").", e);
        }
    }

    private static FileChannel locked(Path out, Path progress) throws IOException {
        FileChannel channel = FileChannel.open(progress, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) { // within this process
            channel.close();
            throw new CommandException("Another call writes " + out + " just now.", e);
        }
        channel.close();
        throw new CommandException("Another call writes " + out + " just now.");
    }

    private static Path beside(Path out, String middle) {
        String name = out.getFileName().toString();
        return out.resolveSibling(name.substring(0, name.length() - ENDING.length()) + middle + ENDING);
    }

    private void goOn(Path file, String source) throws IOException {
        List<JsonNode> lines = JsonLinesFile.whole(file);
        if (lines.isEmpty()) {
            progress.truncate(0);
            JsonLinesFile.append(progress, List.of(Json.MAPPER.createObjectNode().put("source", source)));
        } else if (!source.equals(lines.get(0).path("source").asText())) {
            progress.close();
            throw new CommandException(out + " was made from " + lines.get(0).path("source").asText() + ", not from " + source
                    + "; name another file with --out.");
        }
        lines.stream().skip(1).forEach(line -> (line.has("failed") ? failed : done).add(line.path(ID).asText()));
        kept.addAll(onlyDone(out));
        rejected.addAll(onlyDone(rejects));
        progress.position(progress.size());
    }

    /** Returns the lines of finished pieces and those that a person added; removes all other lines from the file. */
    private List<JsonNode> onlyDone(Path file) throws IOException {
        List<JsonNode> all = JsonLinesFile.whole(file);
        List<JsonNode> lines = all.stream().filter(line -> !line.has(ID) || done.contains(line.path(ID).asText())).toList();
        if (lines.size() < all.size()) {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, JsonLinesFile.text(lines));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return lines;
    }

    public boolean isDone(String id) {
        return done.contains(id);
    }

    public boolean hasFailed(String id) {
        return failed.contains(id);
    }

    /** Returns the examples that all calls have kept so far, with those that a person added. */
    public List<JsonNode> kept() {
        return kept;
    }

    /** Returns what all calls have rejected so far, each with {@code reason} and {@code why}. */
    public List<JsonNode> rejected() {
        return rejected;
    }

    /** Returns how many of the rejected are unusable. The others were rejected by the user's own criteria. */
    public int faults() {
        return (int) rejected.stream()
                .filter(line -> Made.Why.FAULTS.stream().anyMatch(why -> why.name().equals(line.path("why").asText())))
                .count();
    }

    public Path out() {
        return out;
    }

    public Path rejects() {
        return rejects;
    }

    /** Writes a piece's examples and marks the piece as done. */
    public void write(String id, Made made) {
        List<ObjectNode> refused = made.rejected().stream()
                .map(each -> each.example().put("why", each.why().name()).put("reason", each.reason()))
                .toList();
        made.kept().forEach(example -> example.put(ID, id));
        refused.forEach(example -> example.put(ID, id));
        try {
            JsonLinesFile.append(out, made.kept());
            JsonLinesFile.append(rejects, refused);
        } catch (IOException e) {
            throw unwritable(e);
        }
        note(Json.MAPPER.createObjectNode().put(ID, id).put("kept", made.kept().size()).put("rejected", refused.size()));
        done.add(id);
        kept.addAll(made.kept());
        rejected.addAll(refused);
    }

    /** Records that a piece has failed; it does not count as done. */
    public void fail(String id, String reason) {
        note(Json.MAPPER.createObjectNode().put(ID, id).put("failed", reason));
        failed.add(id);
    }

    private void note(ObjectNode line) {
        try {
            JsonLinesFile.append(progress, List.of(line));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private CommandException unwritable(IOException e) {
        return new CommandException(out + " cannot be written (" + e + "); what was written is kept, and the next call continues.", e);
    }

    @Override
    public void close() {
        try {
            progress.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
