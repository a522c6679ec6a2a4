package dev.apprentice.contracts.published;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.javadoc.Javadoc;
import com.github.javaparser.javadoc.JavadocBlockTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the Javadoc says of records and their components, as plain text. */
final class Descriptions {

    private final Map<String, String> texts = new HashMap<>();

    /** @param sources a folder of Java files, and of folders of them */
    Descriptions(Path sources) {
        JavaParser parser = new JavaParser(
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17));
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                parser.parse(file).getResult().orElseThrow().findAll(RecordDeclaration.class)
                        .forEach(record -> record.getJavadoc().ifPresent(javadoc -> take(record.getNameAsString(), javadoc)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (texts.isEmpty()) { // or schemas would be written without a word
            throw new IllegalStateException("no record with Javadoc lies in " + sources);
        }
    }

    private void take(String record, Javadoc javadoc) {
        texts.put(record, plain(javadoc.getDescription().toText()));
        for (JavadocBlockTag tag : javadoc.getBlockTags()) {
            tag.getName().ifPresent(name -> texts.put(record + "." + name, plain(tag.getContent().toText())));
        }
    }

    Optional<String> of(Class<?> record) {
        return Optional.ofNullable(texts.get(record.getSimpleName()));
    }

    Optional<String> of(Class<?> record, String component) {
        return Optional.ofNullable(texts.get(record.getSimpleName() + "." + component));
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?s)<pre>.*?</pre>", "")
                .replaceAll("\\{@(?:code|link|linkplain) ([^}]*)}", "`$1`")
                .replaceAll("<[^>]*>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
