package dev.apprentice.service.storage;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Creates AWS' client. It is a separate class, so nothing of AWS is loaded unless a URI is used. */
final class S3Clients {

    private S3Clients() {}

    static S3Client of(StorageSettings settings) {
        boolean others = settings.endpoint().isPresent();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.timeout())
                        .socketTimeout(settings.timeout()))
                .overrideConfiguration(request -> request.apiCallAttemptTimeout(settings.timeout())
                        .retryStrategy(retry -> retry.retryOnException(S3Failure::isCutOff)))
                .serviceConfiguration(S3Configuration.builder()
                        .expectContinueEnabled(false) // Java's connection would wait seconds for "100 Continue"
                        .pathStyleAccessEnabled(others)
                        .chunkedEncodingEnabled(!others)
                        .build());
        settings.endpoint().ifPresent(endpoint -> {
            // Other stores have no regions, and support neither buckets as host names nor Amazon's newest checksums; each piece
            // has its MD5.
            builder.endpointOverride(endpoint)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            if (SdkSystemSetting.AWS_REGION.getStringValue().isEmpty()) {
                builder.region(Region.US_EAST_1);
            }
        });
        return builder.build();
    }
}
