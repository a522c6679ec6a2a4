package dev.apprentice.cli.command.data;

import dev.apprentice.cli.client.DataRequest;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.Inspection;
import dev.apprentice.cli.client.answer.PutDataset;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.command.option.TaskOption;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The location of data: a file or a folder of this machine, or an address that dataset-service fetches, {@code https://…},
 * {@code s3://bucket/file} or {@code hf:organisation/dataset[@revision][:config/split]}.
 */
public final class DataPlace {

    private static final Pattern ADDRESS = Pattern.compile("(https?|ftp|s3|file):.*");
    private static final Pattern WEB = Pattern.compile("(https?|s3)://.*");
    private static final String HUB = "hf:";

    private final String text;

    private DataPlace(String text) {
        this.text = text;
    }

    /**
     * Reads a location.
     *
     * @param option the option that names it, for error messages
     * @throws CommandException if there is no such file, or the address is of no known kind
     */
    public static DataPlace of(String text, String option) {
        DataPlace place = new DataPlace(text);
        if (place.isAddress()) {
            return place;
        }
        if (ADDRESS.matcher(text).matches()) {
            throw new CommandException(option + " names a file or a folder of this machine, or an address that begins with http://,"
                    + " https://, s3:// or hf:; download other data first.");
        }
        Path file = place.file();
        if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new CommandException("There is no file or folder " + file + "; " + option + " names the data.");
        }
        return place;
    }

    public boolean isAddress() {
        return isOnHub() || WEB.matcher(text).matches();
    }

    private boolean isOnHub() {
        return text.startsWith(HUB);
    }

    public Path file() {
        return UserPath.of(text);
    }

    /** Returns the address without query and fragment, which may hold secrets. */
    private String withoutQuery() {
        return text.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
    }

    /** Returns a text that names this data from any folder of this machine; empty if the address may hold a secret. */
    public Optional<String> again() {
        if (!isAddress()) {
            return Optional.of(file().toAbsolutePath().normalize().toString());
        }
        return Optional.of(text).filter(address -> isOnHub() || address.equals(withoutQuery()) && !address.contains("@"));
    }

    /** Returns the name of its dataset if the user gives none. */
    public String datasetName(DatasetSources sources, Screen screen) {
        if (!isAddress()) {
            return sources.nameOf(file(), screen);
        }
        return DatasetName.of(isOnHub() ? Path.of(text.substring(HUB.length()).replace('/', '-')) : UserPath.of(withoutQuery()));
    }

    /** Has dataset-service read the examples and put them under this name. */
    public PutDataset putInto(String name, DatasetClient datasets, DatasetSources sources, DataRequest how, Screen screen) {
        DataRequest known = known(how, datasets);
        sayWaiting(screen);
        Optional<Dataset> before = datasets.find(name);
        if (isAddress()) {
            return new PutDataset(datasets.putFrom(name, text, known), before);
        }
        Dataset put = datasets.put(name, file(), known);
        sources.remember(name, file());
        return new PutDataset(put, before);
    }

    /** Prints what the command waits for, if that may take long. */
    void sayWaiting(Screen screen) {
        if (isAddress()) {
            screen.print("dataset-service fetches " + this
                    + (isOnHub() ? "; how far it is stands in its log, `apprentice logs dataset-service`." : "."));
        }
    }

    /** Has dataset-service inspect the data; see {@link DatasetClient#inspect}. */
    Inspection inspectedBy(DatasetClient datasets, DataRequest how, Map<String, String> settings) {
        DataRequest known = known(how, datasets);
        return isAddress() ? datasets.inspectFrom(text, known, settings) : datasets.inspect(file(), known, settings);
    }

    /** Sends a user's own task template to dataset-service, and returns the request with its name there. */
    private static DataRequest known(DataRequest how, DatasetClient datasets) {
        return how.template().filter(TaskOption::isFile).map(TaskOption::text).map(datasets::keepTemplate).map(how::withTemplate)
                .orElse(how);
    }

    @Override
    public String toString() {
        return isAddress() ? withoutQuery() : file().toString();
    }
}
