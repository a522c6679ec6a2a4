package dev.apprentice.local.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Creates a project whose packages are all {@link FakeMember}s. */
public final class FakeInstallation {

    private FakeInstallation() {}

    /** Creates the project. @param root an empty folder */
    public static Installation in(Path root) throws IOException {
        for (Member member : Member.values()) {
            Path jar = root.resolve(member.jar());
            Files.createDirectories(jar.getParent());
            write(jar);
        }
        return new Installation(root);
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeMember.class.getName());
        String entry = FakeMember.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(file, manifest);
                InputStream bytes = FakeMember.class.getClassLoader().getResourceAsStream(entry)) {
            archive.putNextEntry(new JarEntry(entry));
            bytes.transferTo(archive);
        }
    }
}
