package dev.apprentice.cli.generate;

import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.ModelUnavailableException;
import dev.apprentice.chat.QuestionRefusedException;

/** Separates failures of a model or its server from bugs of this program. */
final class ModelFailure {

    private ModelFailure() {}

    /**
     * Returns what a model or its server did wrong, without a full stop and without control characters.
     *
     * @throws RuntimeException the failure itself, if no model or server caused it
     */
    static String words(Throwable failure) {
        if (failure instanceof ModelUnavailableException || failure instanceof ModelRefusesException
                || failure instanceof QuestionRefusedException) {
            return failure.getMessage().replaceFirst("\\.$", "").replaceAll("\\p{Cc}", " ");
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }
}
