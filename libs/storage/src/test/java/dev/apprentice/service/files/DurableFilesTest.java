package dev.apprentice.service.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4};

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenReplacesWhatWasThereAndNothingElseLies() throws IOException {
        Path file = folder.resolve("a").resolve("b").resolve("state.json");
        DurableFiles.write(file, OLD);
        DurableFiles.write(file, NEW);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(DurableFiles.children(file.getParent())).containsExactly(file);
    }

    @Test
    void whatCannotTakeItsPlaceLeavesEverythingAsItWas() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("state.json").resolve("inner")).getParent();
        assertThatThrownBy(() -> DurableFiles.write(inTheWay, NEW)).isInstanceOf(FileSystemException.class);
        assertThat(DurableFiles.children(folder)).containsExactly(inTheWay);
        assertThat(inTheWay).isNotEmptyDirectory();
    }

    @Test
    void aFolderIsMadeWithThoseAboveItAndOneThatIsThereStays() throws IOException {
        Path deep = folder.resolve("a/b/c");
        assertThat(DurableFiles.createFolder(deep)).isEqualTo(deep).isEmptyDirectory();
        Files.createFile(deep.resolve("kept"));
        DurableFiles.createFolder(deep);
        assertThat(deep.resolve("kept")).exists();
    }

    @Test
    void aFileUnderASecondNameOutlivesTheFirst() throws IOException {
        Path first = Files.write(folder.resolve("first"), NEW);
        Path second = Files.write(folder.resolve("second"), OLD);
        DurableFiles.keepAlso(first, second);
        Files.delete(first);
        assertThat(second).hasBinaryContent(NEW);
        assertThat(DurableFiles.children(folder)).containsExactly(second);
    }

    @Test
    void aFileThatIsMissingIsNamedAndTheSecondNameKeepsWhatItHad() throws IOException {
        Path second = Files.write(folder.resolve("second"), OLD);
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> DurableFiles.keepAlso(missing, second))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        assertThat(second).hasBinaryContent(OLD);
        assertThat(DurableFiles.children(folder)).containsExactly(second);
    }

    @Test
    void aFinishedFolderGetsItsNameWithEverythingInIt() throws IOException {
        Path target = folder.resolve("step-000001");
        Path temporary = DurableFiles.temporaryFor(target);
        Files.write(Files.createDirectories(temporary.resolve("inner")).resolve("weights"), NEW);
        DurableFiles.publishFolder(temporary, target);
        assertThat(target.resolve("inner").resolve("weights")).hasBinaryContent(NEW);
        assertThat(temporary).doesNotExist();
    }

    @Test
    void aFolderNeverTakesThePlaceOfAnotherThatHoldsSomething() throws IOException {
        Path target = Files.createDirectory(folder.resolve("step-000001"));
        Files.write(target.resolve("weights"), OLD);
        Path temporary = Files.createDirectory(DurableFiles.temporaryFor(target));
        Files.write(temporary.resolve("weights"), NEW);
        assertThatThrownBy(() -> DurableFiles.publishFolder(temporary, target)).isInstanceOf(FileSystemException.class);
        assertThat(target.resolve("weights")).hasBinaryContent(OLD);
    }

    @Test
    void whatACrashLeftHalfWrittenIsRemovedAndNothingElse() throws IOException {
        Files.write(DurableFiles.temporaryFor(folder.resolve("state.json")), OLD);
        Path half = Files.createDirectory(DurableFiles.temporaryFor(folder.resolve("step-000001")));
        Files.write(half.resolve("weights"), OLD);
        Path hidden = Files.createFile(folder.resolve(".hidden"));
        Path notes = Files.createFile(folder.resolve("notes.partial"));

        DurableFiles.deleteTemporary(folder);

        assertThat(DurableFiles.children(folder)).containsExactlyInAnyOrder(hidden, notes);
    }

    @Test
    void twoWritersOfOneNameNeverShareATemporaryOne() {
        Path target = folder.resolve("state.json");
        Path temporary = DurableFiles.temporaryFor(target);
        assertThat(temporary.getParent()).isEqualTo(folder);
        assertThat(DurableFiles.temporaryFor(target)).isNotEqualTo(temporary);
    }

    @Test
    void whatIsNotThereHoldsNothingAndIsAsGoodAsRemoved() throws IOException {
        Path absent = folder.resolve("absent");
        assertThat(DurableFiles.children(absent)).isEmpty();
        DurableFiles.deleteTemporary(absent);
        DurableFiles.deleteTree(absent);
        DurableFiles.deleteAll(Stream.of(absent));
        assertThat(absent).doesNotExist();
    }

    @Test
    void aTreeIsRemovedButNotWhatItsLinksLeadTo() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path kept = Files.write(outside.resolve("kept"), OLD);
        Path tree = Files.createDirectories(folder.resolve("tree/inner")).getParent();
        Files.createFile(tree.resolve("inner").resolve("file"));
        Files.createSymbolicLink(tree.resolve("link"), outside);

        DurableFiles.deleteTree(tree);

        assertThat(tree).doesNotExist();
        assertThat(kept).hasBinaryContent(OLD);
    }
}
