package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Packages from the Python index, installed once in pinned versions. A folder has its
 * final name only when it is complete; builds that want the same one at the same time
 * wait for each other.
 */
final class PackageCache {

	private static final Object MONITOR = new Object();

	private final Path root;

	private final Installer installer;

	PackageCache(Path root, Installer installer) {
		this.root = root;
		this.installer = installer;
	}

	static PackageCache shared() {
		return new PackageCache(folder(EnvironmentParts.system()), PackageCache::install);
	}

	/**
	 * The folder into which the packages are installed.
	 * @param name what they are for
	 * @param requirements the packages with their versions
	 * @return a folder with the packages in {@code lib} and an interpreter in
	 * {@code venv/bin/python}
	 * @throws IOException if they cannot be installed
	 * @throws InterruptedException if this thread is interrupted
	 */
	Path get(String name, List<String> requirements) throws IOException, InterruptedException {
		Path complete = this.root.resolve(name + "-" + Integer.toHexString(requirements.hashCode()));
		if (Files.isDirectory(complete)) {
			return complete;
		}
		Files.createDirectories(this.root);
		synchronized (MONITOR) {
			try (FileChannel channel = FileChannel.open(this.root.resolve(name + ".lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
				if (!Files.isDirectory(complete)) {
					fill(complete, requirements);
				}
				return complete;
			}
		}
	}

	private void fill(Path complete, List<String> requirements) throws IOException, InterruptedException {
		Path partial = complete.resolveSibling(complete.getFileName() + ".partial");
		delete(partial);
		Files.createDirectories(partial);
		this.installer.install(partial, requirements);
		Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void install(Path folder, List<String> requirements) throws IOException, InterruptedException {
		Path python = EnvironmentParts.system().executable("python3");
		System.err.println("Installing once for tests: " + requirements.get(0) + " into " + folder);
		Commands.run(Duration.ofMinutes(2), python.toString(), "-m", "venv", folder.resolve("venv").toString());
		Stream<String> pip = Stream.of(folder.resolve("venv/bin/python").toString(), "-m", "pip", "install", "--quiet",
				"--no-deps", "--disable-pip-version-check", "--target", folder.resolve("lib").toString());
		Commands.run(Duration.ofMinutes(25), Stream.concat(pip, requirements.stream()).toList());
	}

	static Path folder(EnvironmentParts environment) {
		String chosen = environment.get("COSTWISE_TEST_CACHE");
		if (chosen != null) {
			return Path.of(chosen).toAbsolutePath();
		}
		Path home = Path.of(System.getProperty("user.home"));
		boolean hidden = Commands.root() && !openToOthers(home);
		return hidden ? Path.of("/var/cache/costwise-test") : home.resolve(".cache/costwise-test");
	}

	private static boolean openToOthers(Path folder) {
		try {
			return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	static void delete(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		catch (UncheckedIOException ex) {
			throw Objects.requireNonNull(ex.getCause());
		}
	}

	/** Puts packages into an empty folder. */
	interface Installer {

		void install(Path folder, List<String> requirements) throws IOException, InterruptedException;

	}

}
