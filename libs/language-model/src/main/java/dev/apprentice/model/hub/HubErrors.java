package dev.apprentice.model.hub;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.retry.TransientFailure;
import java.net.http.HttpResponse;

/** Translates the hub's error responses to messages for users. */
final class HubErrors {

    private static final int TOO_MANY = 429;

    private HubErrors() {}

    /** The error if the hub asked to retry later too often, or with too long a wait. */
    static String words(TransientFailure failure, HubSettings settings) {
        String when = failure.retryAfter().map(wait -> ", and asks to wait " + wait.toSeconds() + " s; try again then")
                .orElse(", also when asked again; try again later");
        return failure.getMessage() + when
                + (failure.status() == TOO_MANY && settings.token().isEmpty() ? ", or set HF_TOKEN, which may ask more often" : "");
    }

    static ModelException of(HubReference reference, HubSettings settings, HttpResponse<?> response) {
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        String page = settings.endpoint() + "/" + reference.path();
        if (code.equals("GatedRepo")) {
            return new ModelException(reference + " is gated: ask for access at " + page
                    + " and set HF_TOKEN to a token of the account that was granted it");
        }
        if (code.equals("RevisionNotFound") && reference.revision().equals(DatasetFiles.CONVERTED)) {
            return new ModelException(HubReference.PREFIX + reference.repository() + " has no Parquet files, and the hub has not"
                    + " converted it; download its files from " + page + " and name them");
        }
        if (code.equals("RevisionNotFound")) {
            return new ModelException(reference + ": " + page + " has no revision '" + reference.revision() + "'");
        }
        return switch (response.statusCode()) {
            case 401 -> settings.token().isPresent()
                    ? new ModelException(reference + " is refused: the token is not valid, or the " + reference.kind().word() + " does not exist;"
                            + " check HF_TOKEN and the spelling")
                    : new ModelException(reference + " does not exist or is private: check the spelling, or set HF_TOKEN"
                            + " to a token that may read it");
            case 403 -> new ModelException(reference + " is refused: the account of this HF_TOKEN may not read it; ask for"
                    + " access at " + page);
            case 404 -> new ModelException(reference + " does not exist: " + page + " was not found");
            default -> new ModelException(reference + " cannot be downloaded: " + response.uri() + " answers with status "
                    + response.statusCode()
                    + response.headers().firstValue("X-Error-Message").map(message -> " (" + message + ")").orElse(""));
        };
    }
}
