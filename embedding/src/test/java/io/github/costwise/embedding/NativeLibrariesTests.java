package io.github.costwise.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.CostwiseConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link NativeLibraries} and {@link Platform}.
 */
@Tag("chain")
class NativeLibrariesTests {

	private static final ClassLoader LOADER = NativeLibrariesTests.class.getClassLoader();

	@ParameterizedTest
	@CsvSource({ "Linux,amd64", "Linux,x86_64", "Linux,aarch64", "Mac OS X,aarch64", "Windows 11,amd64" })
	void thereIsNativeCodeFor(String os, String arch) {
		assertThatNoException().isThrownBy(() -> NativeLibraries.check(Platform.of(os, arch), LOADER));
	}

	@ParameterizedTest
	@CsvSource({ "Mac OS X,x86_64,tokenizers,osx on x86_64", "Linux,riscv64,onnxruntime,linux on riscv64",
			"Windows 11,aarch64,onnxruntime,win on aarch64", "SunOS,sparcv9,onnxruntime,sunos on sparcv9" })
	void thereIsNoneFor(String os, String arch, String library, String platform) {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> NativeLibraries.check(Platform.of(os, arch), LOADER))
			.satisfies((ex) -> {
				assertThat(ex.problem()).contains("library " + library, "no native code for " + platform);
				assertThat(ex.action()).contains("costwise.embedding.enabled", "costwise.embedding.model-bean");
			});
	}

	/** In a JVM of its own, for a JVM loads a library once. */
	@Test
	@Timeout(60)
	void nativesAreUnpackedToTheFolderWhereTheHomeCannotBeWritten(@TempDir Path folder) throws Exception {
		Path natives = folder.resolve("natives");
		Path home = Files.createFile(folder.resolve("home"));
		for (int run = 0; run < 2; run++) {
			assertThat(encodeInAnotherJvm(home, natives)).contains("384 elements");
			assertThat(files(natives)).containsExactlyInAnyOrder(Platform.current().library("onnxruntime"),
					Platform.current().library("onnxruntime4j_jni"), Platform.current().library("tokenizers"));
		}
	}

	private static String encodeInAnotherJvm(Path home, Path natives) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Duser.home=" + home);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), EncodeOnce.class.getName()));
		command.add(natives.toString());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private static List<String> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map((file) -> file.getFileName().toString()).toList();
		}
	}

}
