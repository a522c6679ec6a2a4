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
 * A dataset on the hub as a user writes it, {@code hf:organisation/name[@revision][:config/split]}. Of the configuration and
 * the split one may be left out: of several, {@code default} and {@code train} are meant.
 */
public final class DatasetLocation {

    private static final String WORD = "[\\w.-]+";
    private static final Pattern PLACE = Pattern.compile("(hf:[^:]*)(?::(" + WORD + ")(?:/(" + WORD + "))?)?");

    private DatasetLocation() {}

    /** Whether a location is one on the hub, rightly written or not. */
    public static boolean is(String location) {
        return location.startsWith(HubReference.PREFIX);
    }

    /**
     * The Parquet files of one split, fetched if need be: those of the dataset itself, or else those that the hub has converted.
     * The cache and the settings are those of models, see {@link ModelLocation}.
     *
     * @return in their order
     * @throws ModelException if there is no such dataset, configuration or split, or it may not be read or cannot be fetched
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
        return new ModelException("'" + location + "' is no dataset on the hub; write hf:organisation/name[@revision][:config/split],"
                + " such as hf:tatsu-lab/alpaca or hf:HuggingFaceH4/ultrachat_200k:default/train_sft");
    }
}
