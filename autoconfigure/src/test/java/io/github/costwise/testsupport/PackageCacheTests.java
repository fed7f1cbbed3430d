package io.github.costwise.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PackageCache}.
 */
@Tag("chain")
class PackageCacheTests {

	@TempDir
	Path root;

	private final AtomicInteger installs = new AtomicInteger();

	@Test
	void installsOnceAlthoughManyAskAtTheSameTime() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Callable<Path> ask = () -> new PackageCache(this.root, this::install).get("part", List.of("a==1"));
			for (Future<Path> answer : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask))) {
				assertThat(answer.get().resolve("package")).exists();
			}
			assertThat(this.installs).hasValue(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void anInterruptedInstallationIsStartedAfresh() throws Exception {
		PackageCache broken = new PackageCache(this.root, (folder, requirements) -> {
			Files.createFile(folder.resolve("half"));
			throw new IOException("registry gone");
		});
		assertThatIOException().isThrownBy(() -> broken.get("part", List.of("a==1"))).withMessage("registry gone");
		Path folder = new PackageCache(this.root, this::install).get("part", List.of("a==1"));
		assertThat(folder.resolve("package")).exists();
		assertThat(folder.resolve("half")).doesNotExist();
	}

	@Test
	void anotherVersionGetsAnotherFolder() throws Exception {
		PackageCache cache = new PackageCache(this.root, this::install);
		assertThat(cache.get("part", List.of("a==1"))).isNotEqualTo(cache.get("part", List.of("a==2")));
		assertThat(this.installs).hasValue(2);
	}

	private void install(Path folder, List<String> requirements) throws IOException {
		this.installs.incrementAndGet();
		Files.createFile(folder.resolve("package"));
	}

}
