package io.github.costwise.budget.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a server, and now and then ends a connection when it has sent a command
 * on, but not what was answered. Thread-safe.
 */
final class LossyProxy implements AutoCloseable {

	private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Random random = new Random(42);

	private final URI server;

	private final int oneOf;

	private int lost;

	/**
	 * Creates a proxy.
	 * @param server what it stands before
	 * @param oneOf of how many answers one is lost
	 */
	LossyProxy(URI server, int oneOf) throws IOException {
		this.server = server;
		this.oneOf = oneOf;
		this.threads.execute(this::accept);
	}

	URI uri() {
		return URI.create("redis://127.0.0.1:" + this.door.getLocalPort());
	}

	synchronized int lost() {
		return this.lost;
	}

	private void accept() {
		while (!this.door.isClosed()) {
			try {
				Socket client = this.door.accept();
				Socket behind = new Socket(this.server.getHost(), this.server.getPort());
				this.open.add(client);
				this.open.add(behind);
				this.threads.execute(() -> copy(client, behind, false));
				this.threads.execute(() -> copy(behind, client, true));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void copy(Socket from, Socket to, boolean answers) {
		byte[] bytes = new byte[65_536];
		try (from; to) {
			InputStream in = from.getInputStream();
			for (int read = in.read(bytes); read >= 0 && !(answers && isLost()); read = in.read(bytes)) {
				to.getOutputStream().write(bytes, 0, read);
			}
		}
		catch (IOException ex) {
			// one of both is gone
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private synchronized boolean isLost() {
		boolean drop = this.random.nextInt(this.oneOf) == 0;
		this.lost += drop ? 1 : 0;
		return drop;
	}

	@Override
	public void close() throws IOException {
		this.door.close();
		for (Socket socket : this.open) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

}
