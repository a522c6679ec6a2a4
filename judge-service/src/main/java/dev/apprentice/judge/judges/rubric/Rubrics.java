package dev.apprentice.judge.judges.rubric;

import dev.apprentice.judge.JudgeSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All rubrics: the built-in ones, and the {@code *.jinja} files of the user's folder, which override those of equal name. */
@ApplicationScoped
public class Rubrics {

    /** The rubric for comparing two answers if no other is named. */
    public static final String PREFERENCE = "preference";

    private static final List<String> OWN = List.of("textbook", "five-point", "correctness", PREFERENCE);
    private static final String ENDING = ".jinja";

    private final SortedMap<String, Rubric> rubrics = new TreeMap<>();

    /**
     * Reads all rubrics.
     *
     * @throws IllegalArgumentException if a file is not a valid rubric
     * @throws UncheckedIOException if the folder cannot be read
     */
    public Rubrics(JudgeSettings settings) {
        OWN.forEach(name -> rubrics.put(name, RubricReader.read(name, name + ENDING, own(name))));
        settings.rubrics().ifPresent(this::readFolder);
    }

    /** Returns the names of all rubrics, sorted. */
    public List<String> names() {
        return List.copyOf(rubrics.keySet());
    }

    /**
     * Returns the rubric of that name.
     *
     * @throws IllegalArgumentException naming the rubrics that exist
     */
    public Rubric of(String name) {
        Rubric rubric = rubrics.get(name);
        if (rubric == null) {
            throw new IllegalArgumentException(
                    "there is no rubric '" + name + "'; the rubrics are " + String.join(", ", rubrics.keySet())
                            + ". Set apprentice.judge.rubrics to a folder with more");
        }
        return rubric;
    }

    private void readFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList()) {
                String name = file.getFileName().toString().replace(ENDING, "");
                rubrics.put(name, RubricReader.read(name, file.toString(), Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("apprentice.judge.rubrics is " + folder
                    + ", which cannot be read; it must be a folder of *.jinja files", e);
        }
    }

    private static String own(String name) {
        try (InputStream in = Objects.requireNonNull(Rubrics.class.getResourceAsStream(name + ENDING), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
