package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on the hub, written {@code hf:organisation/name} or {@code hf:organisation/name@revision}.
 *
 * @param kind whether it holds a model or a dataset
 * @param repository {@code organisation/name}; a few old models have only a name
 * @param revision a branch, a tag or a commit
 */
public record HubReference(Kind kind, String repository, String revision) {

    public static final String PREFIX = "hf:";

    /** The kinds of repositories. */
    public enum Kind {
        MODEL("model", ""),
        DATASET("dataset", "datasets/");

        private final String word;
        private final String path;

        /** @param path the beginning of the path of such a repository's page */
        Kind(String word, String path) {
            this.word = word;
            this.path = path;
        }

        /** Returns the kind's name, for messages. */
        String word() {
            return word;
        }

        /** Returns the kind's name in the API and in the cache. */
        String plural() {
            return word + "s";
        }
    }

    static final String MAIN = "main";

    private static final String NAME = "[A-Za-z0-9_](?:[\\w.-]*[\\w])?";
    private static final Pattern REFERENCE =
            Pattern.compile(PREFIX + "(" + NAME + "(?:/" + NAME + ")?)(?:@([\\w][\\w./-]*))?");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws ModelException if the location does not have this form */
    public static HubReference parse(String location) {
        Matcher matcher = REFERENCE.matcher(location);
        if (!matcher.matches() || location.contains("..") || matcher.group(1).contains("--")) {
            throw new ModelException("'" + location + "' is not the name of a model on the hub; write hf:organisation/name or"
                    + " hf:organisation/name@revision, such as hf:openai-community/gpt2");
        }
        return new HubReference(matcher.group(1), matcher.group(2) == null ? MAIN : matcher.group(2));
    }

    /** Creates a reference to a model. */
    public HubReference(String repository, String revision) {
        this(Kind.MODEL, repository, revision);
    }

    /** Returns the path of its page on the hub. */
    String path() {
        return kind.path + repository;
    }

    /** Returns the model of a folder in the hub's cache, with the commit as its revision; empty for any other folder. */
    public static Optional<HubReference> of(Path folder) {
        return HubCache.referenceOf(folder);
    }

    /** Tells whether the revision is a commit, which never changes. */
    boolean isCommit() {
        return COMMIT.matcher(revision).matches();
    }

    @Override
    public String toString() {
        return PREFIX + repository + (revision.equals(MAIN) ? "" : "@" + revision);
    }
}
