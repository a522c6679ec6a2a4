package dev.apprentice.cli.command.data;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The record of the file that each dataset of a system was made from. It gives files of one name in different folders separate
 * datasets.
 *
 * @param record a JSON file: the data file's path by the dataset's name
 */
public record DatasetSources(Path record) {

    /**
     * Returns the dataset for a file's examples if the user names none. Prints a line if its name differs from the file's.
     *
     * @throws CommandException if the record cannot be read
     */
    public String nameOf(Path data, Screen screen) {
        String name = DatasetName.of(data);
        Optional<String> other = Optional.ofNullable(read().get(name)).filter(path -> !path.equals(whole(data)));
        if (other.isEmpty()) {
            DatasetName.explained(data, name).ifPresent(screen::print);
            return name;
        }
        String apart = DatasetName.apart(name, whole(data));
        screen.print("The dataset of " + data + " is named " + apart + ", because " + name + " has the examples of " + other.get()
                + ". --dataset NAME gives it another name; --dataset " + name + " replaces those examples.");
        return apart;
    }

    /** Records that the dataset holds this file's examples. */
    public void remember(String name, Path data) {
        Map<String, String> all = read();
        if (!whole(data).equals(all.put(name, whole(data)))) {
            write(all);
        }
    }

    private static String whole(Path data) {
        return data.toAbsolutePath().normalize().toString();
    }

    private Map<String, String> read() {
        if (!Files.exists(record)) {
            return new TreeMap<>();
        }
        try {
            return Json.MAPPER.readValue(record.toFile(), new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException e) {
            throw new CommandException("The record of datasets' files, " + record + ", cannot be read (" + e.getMessage()
                    + "); delete it, and datasets are named after their files' names alone.", e);
        }
    }

    private void write(Map<String, String> all) {
        try {
            DurableFiles.write(record, Json.MAPPER.writeValueAsBytes(all));
        } catch (IOException e) {
            throw new CommandException("The record of datasets' files, " + record + ", cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
