package dev.apprentice.dataset.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system for MVStore that reports a full disk from a given moment on. */
public final class FillingDisk extends FilePathWrapper {

    private static volatile boolean full;

    /** Returns the name by which MVStore opens a file on this disk. */
    static String file(Path path) {
        full = false;
        FilePath.register(new FillingDisk());
        return "filling:" + path;
    }

    static void fill() {
        full = true;
    }

    @Override
    public String getScheme() {
        return "filling";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        return new FileBase() {
            @Override
            public int write(ByteBuffer source, long position) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                return file.write(source, position);
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                return file.read(target, position);
            }

            @Override
            public int read(ByteBuffer target) throws IOException {
                return file.read(target);
            }

            @Override
            public int write(ByteBuffer source) throws IOException {
                return write(source, file.position());
            }

            @Override
            public long position() throws IOException {
                return file.position();
            }

            @Override
            public FileChannel position(long position) throws IOException {
                file.position(position);
                return this;
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public FileChannel truncate(long size) throws IOException {
                file.truncate(size);
                return this;
            }

            @Override
            public void force(boolean metadata) throws IOException {
                file.force(metadata);
            }

            @Override
            public FileLock tryLock(long position, long size, boolean shared) throws IOException {
                return file.tryLock(position, size, shared);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                file.close();
            }
        };
    }
}
