package dev.apprentice.service.storage;

import dev.apprentice.contracts.Sha256;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object store with the S3 API: Amazon's, MinIO, Ceph and others. It lists, reads, writes with a digest, and deletes files.
 *
 * <p>A large file is transferred in pieces of 16 MiB, each in its own request. A broken connection, a status of 500 or a timeout
 * costs one piece, which is retried as often as AWS_MAX_ATTEMPTS says. A file is complete or absent: the store shows it only once
 * its last piece has arrived, and checks each piece against its MD5.
 *
 * <p>Nothing of AWS' client is loaded before the first URI is used.
 */
@ApplicationScoped
public class ObjectStorage {

    private static final int PIECE = 16 << 20;

    /**
     * Number of attempts for an answer without a body. If it is cut off, it looks like one with fewer headers, and AWS' client
     * does not retry.
     */
    private static final int ASKED_AT_MOST = 4;

    /** Name of the metadata that holds a file's digest. */
    static final String DIGEST = "sha256";

    private final S3Requests requests;
    private final int pieceBytes;

    @Inject
    public ObjectStorage(StorageSettings settings) {
        this(settings, PIECE);
    }

    /** @param pieceBytes number of bytes per request, at least 5 MiB */
    ObjectStorage(StorageSettings settings, int pieceBytes) {
        this.requests = new S3Requests(settings);
        this.pieceBytes = pieceBytes;
    }

    /** Returns why the store is unavailable; empty if it is available or not used. */
    public Optional<String> trouble() {
        return requests.trouble();
    }

    /**
     * Returns all files below a folder, at any depth, in the store's order of keys.
     *
     * @throws StorageException if the store cannot be reached, or a name leads out of the folder
     */
    public List<StoredFile> list(StorageUri folder) throws StorageException {
        List<StoredFile> files = new ArrayList<>();
        for (S3Object object : requests.ask(folder, s3 -> s3.listObjectsV2Paginator(
                        list -> list.bucket(folder.bucket()).prefix(folder.keyPrefix())).contents().stream().toList())) {
            String name = object.key().substring(folder.keyPrefix().length());
            if (name.isEmpty() || name.endsWith("/")) {
                continue; // some tools write an empty object as a folder
            }
            if (!StorageUri.isName(name)) {
                throw new StorageException(folder + " has a file '" + name.replaceAll("\\p{Cntrl}", "?")
                        + "', whose name leads out of the folder; remove it");
            }
            files.add(new StoredFile(folder.resolve(name), name, object.size(), object.eTag()));
        }
        return files;
    }

    /**
     * Checks that a bucket exists and is accessible.
     *
     * @throws StorageException saying what is wrong
     */
    public void requireBucket(StorageUri place) throws StorageException {
        requests.ask(place, s3 -> s3.headBucket(head -> head.bucket(place.bucket())));
    }

    /**
     * Copies a file to this machine.
     *
     * @return its digest: {@code sha256:} and 64 hexadecimal digits
     * @throws AlteredException if the file is gone or has changed
     * @throws StorageException if the store cannot be reached
     * @throws IOException if the disk does not take it
     */
    public String read(StoredFile file, Path target) throws IOException {
        return read(file, target, () -> {});
    }

    /**
     * Like {@link #read(StoredFile, Path)}.
     *
     * @param beforeEachPiece called before each piece; throws to stop the copying
     */
    public String read(StoredFile file, Path target, Runnable beforeEachPiece) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            for (long from = 0; from < file.bytes(); from += pieceBytes) {
                beforeEachPiece.run();
                out.write(piece(file, from, Math.min(pieceBytes, file.bytes() - from)));
            }
        }
        return Sha256.text(digest);
    }

    /**
     * Returns the bytes of a small file.
     *
     * @throws StorageException like {@link #read(StoredFile, Path)}, or if the file exceeds one piece
     */
    public byte[] read(StoredFile file) throws StorageException {
        if (file.bytes() > pieceBytes) {
            throw new StorageException(file.uri() + " has " + file.bytes() + " bytes, which is too much for what it is; remove it");
        }
        return file.bytes() == 0 ? new byte[0] : piece(file, 0, file.bytes());
    }

    private byte[] piece(StoredFile file, long from, long bytes) throws StorageException {
        byte[] piece = requests.ask(file.uri(), s3 -> s3.getObject(
                        get -> get.bucket(file.uri().bucket())
                                .key(file.uri().key())
                                .ifMatch(file.version())
                                .range("bytes=" + from + "-" + (from + bytes - 1)),
                        ResponseTransformer.toBytes())
                .asByteArrayUnsafe());
        if (piece.length != bytes) {
            throw new AlteredException(file.uri() + " came with " + piece.length + " bytes of " + bytes + "; it is asked for again");
        }
        return piece;
    }

    /** Returns the digest with which a file was written; empty if the file does not exist or another program has written it. */
    public Optional<String> digest(StorageUri file) throws StorageException {
        return head(file).map(found -> found.metadata().get(DIGEST));
    }

    /** Returns the file's current state; empty if it does not exist. */
    public Optional<StoredFile> find(StorageUri file) throws StorageException {
        String name = file.key().substring(file.key().lastIndexOf('/') + 1);
        return head(file).map(found -> new StoredFile(file, name, found.contentLength(), found.eTag()));
    }

    private Optional<HeadObjectResponse> head(StorageUri file) throws StorageException {
        if (file.key().isEmpty()) {
            return Optional.empty(); // a bucket is no file
        }
        try {
            for (int asked = 0; asked < ASKED_AT_MOST; asked++) {
                HeadObjectResponse found = requests.ask(file, s3 -> s3.headObject(head -> head.bucket(file.bucket()).key(file.key())));
                if (found.contentLength() != null && found.eTag() != null) {
                    return Optional.of(found);
                }
            }
            throw new StorageException(file + " cannot be reached: the object store's answers are cut off, also when asked again; check the"
                    + " network and apprentice.storage.endpoint");
        } catch (AlteredException gone) {
            requireBucketOf(file);
            return Optional.empty();
        }
    }

    /** An answer to HEAD has no body, so that a bucket which is gone looks like a file which is not there; a list tells. */
    private void requireBucketOf(StorageUri file) throws StorageException {
        requests.ask(file, s3 -> s3.listObjectsV2(list -> list.bucket(file.bucket()).prefix(file.key()).maxKeys(1)));
    }

    /**
     * Writes or replaces a file, with its digest. On return, it is complete and durable.
     *
     * @param digest stored with the file as metadata
     * @throws StorageException if the store does not take it; no part of it is visible then
     * @throws IOException if the file cannot be read
     */
    public void write(Path file, StorageUri target, String digest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] first = in.readNBytes(pieceBytes);
            if (first.length < pieceBytes) {
                write(first, target, digest);
            } else {
                MultipartUpload.begin(requests, target, digest).write(first, in, pieceBytes);
            }
        }
    }

    /** Writes or replaces a file whose bytes are in memory. */
    public void write(byte[] bytes, StorageUri target, String digest) throws StorageException {
        requests.ask(target, s3 -> s3.putObject(
                put -> put.bucket(target.bucket()).key(target.key()).contentMD5(S3Requests.md5(bytes)).metadata(Map.of(DIGEST, digest)),
                RequestBody.fromByteBuffer(ByteBuffer.wrap(bytes))));
    }

    /**
     * Writes a small file atomically, if the current version is the expected one.
     *
     * @param before the version to replace; empty if the file must not exist yet
     * @return whether this call has written the file; also false if the store took it, but the answer was lost and the request
     *     was retried
     * @throws StorageException if the store cannot be reached
     */
    public boolean writeIf(byte[] bytes, StorageUri target, Optional<String> before) throws StorageException {
        try {
            requests.ask(target, s3 -> s3.putObject(
                    put -> {
                        put.bucket(target.bucket()).key(target.key()).contentMD5(S3Requests.md5(bytes)).metadata(Map.of(DIGEST, Sha256.of(bytes)));
                        before.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
                    },
                    RequestBody.fromByteBuffer(ByteBuffer.wrap(bytes))));
            return true;
        } catch (AlteredException another) {
            return false;
        }
    }

    /** Deletes files in this order, if they exist. */
    public void delete(List<StorageUri> files) throws StorageException {
        for (StorageUri file : files) { // one by one, because not every store can delete several at once
            requests.ask(file, s3 -> s3.deleteObject(delete -> delete.bucket(file.bucket()).key(file.key())));
        }
    }

    @PreDestroy
    void close() {
        requests.close();
    }
}
