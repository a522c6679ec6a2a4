package dev.apprentice.cli.generate;

import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.ModelUnavailableException;
import dev.apprentice.chat.QuestionRefusedException;

/** Tells what a model or its server did wrong from a fault of ours. */
final class ModelFailure {

    private ModelFailure() {}

    /**
     * What a model or its server did wrong, without a full stop and with nothing that moves a cursor.
     *
     * @throws RuntimeException the failure itself, where it is no model's
     */
    static String words(Throwable failure) {
        if (failure instanceof ModelUnavailableException || failure instanceof ModelRefusesException
                || failure instanceof QuestionRefusedException) {
            return failure.getMessage().replaceFirst("\\.$", "").replaceAll("\\p{Cc}", " ");
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }
}
