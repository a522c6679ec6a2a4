package dev.apprentice.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds the native libraries for Linux on x86-64 in a packaged service, and what each looks up in Java. JNI finds classes by
 * name, and the names are text in the library: {@code java/util/ArrayList}, {@code [Ljava/lang/String;}.
 */
final class NativeLibraries {

    private static final Pattern LIBRARY = Pattern.compile("(?=.*(amd64|x86_64|x86-64|linux64))(?!.*(musl|BSD|bsd|SunOS|sunos|win32|cu\\d)).*\\.so(_linux_amd64)?");
    /** The size from which a library is skipped. That is libtorch, which does not use JNI; a library of DJL's does. */
    private static final long MOST_BYTES = 100_000_000;

    private static final List<String> ROOTS = List.of("java", "ai", "org", "com", "net");
    private static final Pattern NAMES = Pattern.compile("(?:\\[L)?(?:java|ai|org|com|net)/[\\w$/]+;?");
    private static final Pattern ROOT = Pattern.compile("(?:java|ai|org|com|net)/");
    /** The results by jar and entry, since several services share libraries. */
    private static final Map<String, NativeLibrary> READ = new ConcurrentHashMap<>();

    private static final Pattern ARRAY_OF_PRIMITIVES = Pattern.compile("\0(\\[[BCDFIJSZ])\0");

    private NativeLibraries() {}

    /**
     * A native library.
     *
     * @param jar the file's name
     * @param entry its path in the jar
     * @param names classes and arrays that it names, in the form of {@code Class.getName}; each class with its superclasses
     */
    record NativeLibrary(String jar, String entry, Set<String> names) {}

    /** Returns the libraries of a package. @param packaged {@code target/quarkus-app} of a service */
    static List<NativeLibrary> of(Path packaged) throws IOException {
        List<NativeLibrary> found = new ArrayList<>();
        List<Path> jars = jars(packaged);
        Set<String> known = new HashSet<>(classesOfJava());
        for (Path jar : jars) {
            known.addAll(classesOf(jar));
        }
        try (URLClassLoader loader = new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader())) {
            for (Path jar : jars) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    for (ZipEntry entry : zip.stream().filter(each -> LIBRARY.matcher(each.getName()).matches()).toList()) {
                        if (entry.getSize() < MOST_BYTES) {
                            String key = jar.getFileName() + "!" + entry.getName();
                            NativeLibrary library = READ.get(key);
                            if (library == null) {
                                library = read(zip, entry, jar, known, loader);
                                READ.put(key, library);
                            }
                            if (!library.names().isEmpty()) {
                                found.add(library);
                            }
                        }
                    }
                }
            }
        }
        return found;
    }

    private static NativeLibrary read(ZipFile zip, ZipEntry entry, Path jar, Set<String> known, ClassLoader loader) throws IOException {
        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        return new NativeLibrary(jar.getFileName().toString(), entry.getName(),
                text.contains("JNI_OnLoad") || text.contains("Java_") ? withParents(named(text, known), loader) : Set.of());
    }

    static List<Path> jars(Path packaged) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : List.of("lib/main", "lib/boot", "app")) {
            try (Stream<Path> files = Files.list(packaged.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        return jars;
    }

    private static Set<String> named(String text, Set<String> known) {
        Set<String> found = new TreeSet<>();
        for (String words : words(text)) {
            ROOT.matcher(words).results().forEach(root -> longest(words, root.start(), known).ifPresent(name -> {
                found.add(name.replace('/', '.'));
                if (words.equals("[L" + name + ";")) {
                    found.add(words.replace('/', '.'));
                }
            }));
        }
        for (int at = text.indexOf("\0["); at >= 0; at = text.indexOf("\0[", at + 1)) {
            Matcher array = ARRAY_OF_PRIMITIVES.matcher(text).region(at, text.length());
            if (array.lookingAt()) {
                found.add(array.group(1));
            }
        }
        return found;
    }

    /** Returns everything that looks like a name. It looks only before slashes, since a library can have tens of millions of bytes. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher name = NAMES.matcher(text);
        int done = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', Math.max(slash + 1, done))) {
            int start = startOfRoot(text, slash);
            if (start >= done && name.region(start, text.length()).lookingAt()) {
                words.add(name.group());
                done = name.end();
            }
        }
        return words;
    }

    /** Returns where a name with this slash starts; -1 if the text before the slash is not the root of a package. */
    private static int startOfRoot(String text, int slash) {
        for (String root : ROOTS) {
            int start = slash - root.length();
            if (start >= 0 && text.startsWith(root, start)) {
                return text.startsWith("[L", start - 2) ? start - 2 : start;
            }
        }
        return -1;
    }

    /**
     * Returns the longest known name at this place. Rust stores strings without terminators, so another string may follow a name
     * directly.
     */
    private static Optional<String> longest(String words, int from, Set<String> known) {
        for (int to = words.length(); to > from; to--) {
            if (known.contains(words.substring(from, to))) {
                return Optional.of(words.substring(from, to));
            }
        }
        return Optional.empty();
    }

    /** Adds superclasses, since JNI finds an inherited method or field in the class that declares it. */
    private static Set<String> withParents(Set<String> names, ClassLoader loader) {
        Set<String> all = new TreeSet<>(names);
        for (String name : names) {
            if (!name.startsWith("[") && !name.startsWith("java.")) {
                try {
                    for (Class<?> type = Class.forName(name, false, loader); type != null && type.getClassLoader() == loader;
                            type = type.getSuperclass()) {
                        all.add(type.getName());
                    }
                } catch (ClassNotFoundException | NoClassDefFoundError e) {
                    throw new AssertionError(name + " is named by a native library and cannot be read", e);
                }
            }
        }
        return all;
    }

    private static Set<String> classesOfJava() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        try (Stream<Path> files = Files.walk(base.resolve("java"))) {
            return files.map(file -> base.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace(".class", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> classesOf(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".class") && name.matches("(ai|org|com|net)/.*")) {
                    names.add(name.replace(".class", ""));
                }
            }
        }
        return names;
    }

    private static URL[] urls(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
