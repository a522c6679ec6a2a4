package dev.apprentice.cli.document;

import dev.apprentice.cli.FileTrouble;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.FileTree;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The documents that a command names: files, folders with all files below them, and patterns such as
 * {@code docs/**}{@code /*.md}.
 *
 * @param documents each once, those of a folder sorted by path
 * @param others how many files of folders and patterns are of other kinds and are left out
 */
public record DocumentFiles(List<Path> documents, int others) {

    private static final int MOST = 100_000;
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    /** Finds the documents. @throws CommandException if a name matches no document */
    public static DocumentFiles named(List<String> names) {
        Set<Path> documents = new LinkedHashSet<>();
        int others = 0;
        for (String name : names) {
            List<Path> files = files(name);
            List<Path> readable = files.stream().filter(Document::isOne).toList();
            if (readable.isEmpty()) {
                throw new CommandException(none(name, files));
            }
            documents.addAll(readable);
            others += files.size() - readable.size();
        }
        return new DocumentFiles(List.copyOf(documents), others);
    }

    private static String none(String name, List<Path> files) {
        String kinds = "text, Markdown or PDF (" + String.join(", ", Document.ENDINGS) + ")";
        return files.size() == 1
                ? files.get(0) + " is not " + kinds + "; save it as one of these."
                : "There is no " + kinds + " in '" + name + "'.";
    }

    private static List<Path> files(String name) {
        Path path;
        try {
            path = UserPath.of(name);
        } catch (InvalidPathException e) {
            throw new CommandException("'" + name + "' is not a valid path (" + e.getReason() + ").", e);
        }
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (Files.isDirectory(path)) {
            return below(path, file -> true);
        }
        if (!WILD.matcher(name).find()) {
            throw new CommandException("There is no document '" + name + "'.");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        return below(folderOf(path), matcher::matches);
    }

    /** Returns the deepest folder of a pattern before its first wildcard. */
    private static Path folderOf(Path pattern) {
        Path folder = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        for (Path part : pattern) {
            if (WILD.matcher(part.toString()).find()) {
                break;
            }
            folder = folder.resolve(part);
        }
        return folder;
    }

    private static List<Path> below(Path folder, PathMatcher wanted) {
        List<Path> found;
        try {
            found = FileTree.files(folder).stream()
                    .filter(file -> wanted.matches(file) && !isHidden(folder, file))
                    .toList();
        } catch (IOException e) {
            throw new CommandException("The folder " + folder + " cannot be read: " + FileTrouble.sentence(e), e);
        }
        if (found.size() >= MOST) {
            throw new CommandException("There are " + MOST + " files or more in " + folder + "; name a part of them.");
        }
        return found;
    }

    private static boolean isHidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
