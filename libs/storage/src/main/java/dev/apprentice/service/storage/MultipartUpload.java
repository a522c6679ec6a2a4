package dev.apprentice.service.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads a large file in parts. The object store shows the file only once its last part has arrived. */
final class MultipartUpload {

    private final S3Requests requests;
    private final StorageUri target;
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();

    private MultipartUpload(S3Requests requests, StorageUri target, String id) {
        this.requests = requests;
        this.target = target;
        this.id = id;
    }

    /**
     * Begins an upload.
     *
     * @param digest stored with the file as metadata
     */
    static MultipartUpload begin(S3Requests requests, StorageUri target, String digest) throws StorageException {
        String id = requests.ask(target, s3 -> s3.createMultipartUpload(
                        create -> create.bucket(target.bucket()).key(target.key()).metadata(Map.of(ObjectStorage.DIGEST, digest))))
                .uploadId();
        return new MultipartUpload(requests, target, id);
    }

    /**
     * Sends all parts. On return, the file is complete and durable.
     *
     * @param first the first part
     * @param rest the bytes after it
     * @param pieceBytes the size of each part but the last
     * @throws IOException if the file cannot be read, or the store does not take it; no part of it is visible then
     */
    void write(byte[] first, InputStream rest, int pieceBytes) throws IOException {
        try {
            for (byte[] piece = first; piece.length > 0; piece = rest.readNBytes(pieceBytes)) {
                send(piece);
            }
            requests.ask(target, s3 -> s3.completeMultipartUpload(complete -> complete.bucket(target.bucket())
                    .key(target.key())
                    .uploadId(id)
                    .multipartUpload(all -> all.parts(parts))));
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    private void send(byte[] piece) throws StorageException {
        int number = parts.size() + 1;
        String mark = requests.ask(target, s3 -> s3.uploadPart(
                        part -> part.bucket(target.bucket())
                                .key(target.key())
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(S3Requests.md5(piece)),
                        RequestBody.fromByteBuffer(ByteBuffer.wrap(piece))))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(mark).build());
    }

    /** Aborts the upload. Otherwise its parts would be charged for until the bucket's rules delete them. */
    private void abandon(Exception why) {
        try {
            requests.ask(target, s3 -> s3.abortMultipartUpload(
                    abort -> abort.bucket(target.bucket()).key(target.key()).uploadId(id)));
        } catch (StorageException e) {
            why.addSuppressed(e);
        }
    }
}
