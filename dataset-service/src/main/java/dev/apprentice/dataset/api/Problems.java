package dev.apprentice.dataset.api;

import dev.apprentice.dataset.datasets.download.DownloadException;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.service.storage.StorageException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps what can go wrong with a dataset to RFC 9457 problems. */
class Problems {

    @ServerExceptionMapper
    Response invalidDataset(InvalidDatasetException e) {
        return HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle("Invalid dataset")
                .withDetail(e.getMessage())
                .with("violationCount", e.violationCount())
                .with("violations", e.violations())
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response tooLarge(TooLargeException e) {
        return HttpProblem.builder()
                .withStatus(Status.REQUEST_ENTITY_TOO_LARGE)
                .withTitle("Dataset too large")
                .withDetail(e.getMessage())
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response damaged(DamagedFileException e) {
        return HttpProblem.builder()
                .withStatus(Status.INTERNAL_SERVER_ERROR)
                .withTitle("Damaged file")
                .withDetail(e.getMessage())
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response storeAway(StorageException e) {
        return HttpProblem.builder()
                .withStatus(Status.SERVICE_UNAVAILABLE)
                .withTitle("Object store unavailable")
                .withDetail(e.getMessage() + ".")
                .withHeader(HttpHeaders.RETRY_AFTER, "30")
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response held(HeldElsewhereException e) {
        return HttpProblem.builder()
                .withStatus(Status.SERVICE_UNAVAILABLE)
                .withTitle("Dataset in use")
                .withDetail("Nothing was changed: " + e.getMessage() + ". Then send it again.")
                .withHeader(HttpHeaders.RETRY_AFTER, "30")
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response upload(UploadException e) {
        return HttpProblem.builder()
                .withStatus(Status.REQUEST_TIMEOUT)
                .withTitle("Upload interrupted")
                .withDetail("Nothing was stored: " + e.getMessage() + "; send it again.")
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    Response download(DownloadException e) {
        Status status = switch (e.fault()) {
            case ADDRESS -> Status.BAD_REQUEST;
            case SERVER -> Status.BAD_GATEWAY;
            case TIMEOUT -> Status.GATEWAY_TIMEOUT;
        };
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle("Download failed")
                .withDetail(e.getMessage())
                .build()
                .toResponse();
    }
}
