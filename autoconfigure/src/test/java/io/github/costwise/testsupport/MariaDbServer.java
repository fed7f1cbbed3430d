package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts MariaDB from a system package. */
final class MariaDbServer {

	private MariaDbServer() {
	}

	static String start(Path server, Path installer) throws IOException, InterruptedException {
		Path work = Files.createTempDirectory("costwise-mariadb");
		Shutdown.add(() -> delete(work));
		String data = work.resolve("data").toString();
		String user = "--user=" + System.getProperty("user.name");
		Commands.run(Duration.ofMinutes(1), installer.toString(), "--no-defaults", "--datadir=" + data,
				"--auth-root-authentication-method=normal", "--skip-test-db", user);
		ServerProcess started = ServerProcess.start(new ServerProcess.Spec("mariadb",
				(port) -> List.of(server.toString(), "--no-defaults", "--datadir=" + data, "--port=" + port,
						"--bind-address=127.0.0.1", "--socket=" + work.resolve("socket"), "--max-connections=300",
						"--innodb-flush-log-at-trx-commit=0", user),
				Map.of(), "ready for connections", "TERM", Duration.ofSeconds(60)));
		return "jdbc:mariadb://127.0.0.1:" + started.port() + "/?user=root";
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
