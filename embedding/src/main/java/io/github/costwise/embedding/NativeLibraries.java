package io.github.costwise.embedding;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

import ai.onnxruntime.OrtEnvironment;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;

/**
 * The native libraries of the runtime and of the tokenizer: whether there are any for
 * this machine, and where they are unpacked. System properties that are set already win.
 */
final class NativeLibraries {

	private static final String RUNTIME_PATH = "onnxruntime.native.path";

	private static final String TOKENIZERS_PATH = "RUST_LIBRARY_PATH";

	private NativeLibraries() {
	}

	/** Says at start what could only fail later. */
	static void check(Platform platform, ClassLoader loader) {
		check("onnxruntime", RUNTIME_PATH, platform.onnxRuntimeFolder() + platform.library("onnxruntime"), platform,
				loader);
		check("tokenizers", TOKENIZERS_PATH, platform.tokenizersFolder() + platform.library("tokenizers"), platform,
				loader);
	}

	private static void check(String name, String override, String resource, Platform platform, ClassLoader loader) {
		if (System.getProperty(override) == null && System.getenv(override) == null
				&& loader.getResource(resource) == null) {
			throw new CostwiseConfigurationException(
					"The library " + name + ", which encodes text, has no native code for " + platform + ".",
					"Remove costwise-embedding or set costwise.embedding.enabled to false, and name an EmbeddingModel "
							+ "bean by costwise.embedding.model-bean; or build " + name
							+ " for this platform and name its folder by the system property " + override + ".");
		}
	}

	/** Before the first use of either library. */
	static void prepare(@Nullable Path folder) throws IOException {
		setIfAbsent("OPT_OUT_TRACKING", "true");
		setIfAbsent("RUST_FLAVOR", "cpu");
		if (folder != null) {
			setIfAbsent("ENGINE_CACHE_DIR", Files.createDirectories(folder).toString());
			if (System.getProperty(RUNTIME_PATH) == null) {
				System.setProperty(RUNTIME_PATH, unpackRuntime(folder, Platform.current()).toString());
			}
		}
	}

	/** DJL reads the environment first, so that it stays unchanged there. */
	private static void setIfAbsent(String property, String value) {
		if (System.getProperty(property) == null) {
			System.setProperty(property, value);
		}
	}

	private static Path unpackRuntime(Path folder, Platform platform) throws IOException {
		String version = Objects.requireNonNullElse(OrtEnvironment.class.getPackage().getImplementationVersion(), "");
		Path target = Files
			.createDirectories(folder.resolve("onnxruntime-" + version + "-" + platform.os() + "-" + platform.arch()));
		for (String library : new String[] { "onnxruntime", "onnxruntime4j_jni" }) {
			unpack(platform.onnxRuntimeFolder() + platform.library(library), target.resolve(platform.library(library)));
		}
		return target.toAbsolutePath();
	}

	/** Other processes see the whole file or none. */
	private static void unpack(String resource, Path target) throws IOException {
		if (Files.exists(target)) {
			return;
		}
		Path part = Files.createTempFile(target.getParent(), "unpacked", null);
		try (InputStream in = OrtEnvironment.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) {
				throw new FileNotFoundException(resource);
			}
			Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (FileAlreadyExistsException ex) {
			// another process was faster
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

}
