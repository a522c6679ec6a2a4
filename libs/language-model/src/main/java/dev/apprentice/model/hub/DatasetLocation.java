package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.HubReference.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset on the hub as a user writes it, {@code hf:organisation/name[@revision][:config/split]}. The configuration, the split
 * or both may be left out. If there are several, the defaults are {@code default} and {@code train}.
 */
public final class DatasetLocation {

    private static final String WORD = "[\\w.-]+";
    private static final Pattern PLACE = Pattern.compile("(hf:[^:]*)(?::(" + WORD + ")(?:/(" + WORD + "))?)?");

    private DatasetLocation() {}

    /** Tells whether a location is meant to be on the hub, even if it is not well-formed. */
    public static boolean is(String location) {
        return location.startsWith(HubReference.PREFIX);
    }

    /**
     * Returns the Parquet files of one split, and downloads those that are not in the cache. If the dataset itself has none, uses
     * those that the hub has converted. Cache and settings are those of models, see {@link ModelLocation}.
     *
     * @return in their order
     * @throws ModelException if there is no such dataset, configuration or split, it may not be read, or it cannot be downloaded
     */
    public static List<Path> fetch(String location, HubSettings settings, DownloadListener listener) {
        return fetch(location, new Hub(settings), listener);
    }

    static List<Path> fetch(String location, Hub hub, DownloadListener listener) {
        Matcher place = PLACE.matcher(location);
        if (!place.matches()) {
            throw notADataset(location);
        }
        HubReference named = reference(location, place.group(1));
        DatasetFiles choice = new DatasetFiles(Optional.ofNullable(place.group(2)), Optional.ofNullable(place.group(3)));
        List<HubReference> references = named.revision().equals(HubReference.MAIN)
                ? List.of(named, new HubReference(Kind.DATASET, named.repository(), DatasetFiles.CONVERTED))
                : List.of(named);
        Path folder = hub.fetch(references, choice, listener);
        try {
            return choice.select(named, HubCache.names(folder)).stream()
                    .map(folder::resolve)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new ModelException(location + " cannot be read in " + folder + ": " + e, e);
        }
    }

    private static HubReference reference(String location, String repository) {
        try {
            HubReference named = HubReference.parse(repository);
            return new HubReference(Kind.DATASET, named.repository(), named.revision());
        } catch (ModelException e) {
            throw notADataset(location);
        }
    }

    private static ModelException notADataset(String location) {
        return new ModelException("'" + location + "' is not the name of a dataset on the hub; write"
                + " hf:organisation/name[@revision][:config/split], such as hf:tatsu-lab/alpaca or hf:HuggingFaceH4/ultrachat_200k:default/train_sft");
    }
}
