package io.github.costwise.testsupport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * Three servers that share the keys, for one test alone.
 *
 * @since 0.1.0
 */
public final class RedisCluster implements AutoCloseable {

	private static final int NODES = 3;

	private static final int SLOTS = 16_384;

	private final List<ServerProcess> servers = new ArrayList<>();

	private RedisCluster() {
	}

	/**
	 * Starts a cluster.
	 * @param folder where it keeps its files
	 * @return the cluster, which has all keys
	 * @throws IOException if it does not start
	 * @throws InterruptedException if this thread is interrupted
	 */
	public static RedisCluster start(Path folder) throws IOException, InterruptedException {
		RedisCluster cluster = new RedisCluster();
		ServerProcess.Spec spec = RedisServer.node(PackageCache.shared(), folder);
		for (int i = 0; i < NODES; i++) {
			cluster.servers.add(ServerProcess.start(spec));
		}
		cluster.join();
		return cluster;
	}

	private void join() {
		int first = this.servers.get(0).port();
		for (int i = 0; i < NODES; i++) {
			try (Jedis node = new Jedis("127.0.0.1", this.servers.get(i).port())) {
				node.clusterAddSlotsRange(SLOTS * i / NODES, SLOTS * (i + 1) / NODES - 1);
				if (i > 0) {
					node.sendCommand(Protocol.Command.CLUSTER, "MEET", "127.0.0.1", String.valueOf(first),
							String.valueOf(RedisServer.busPort(first)));
				}
			}
		}
		for (ServerProcess server : this.servers) {
			try (Jedis node = new Jedis("127.0.0.1", server.port())) {
				Eventually.holds(() -> node.clusterInfo().contains("cluster_state:ok")
						&& node.clusterInfo().contains("cluster_known_nodes:" + NODES));
			}
		}
	}

	/**
	 * Returns the addresses.
	 * @return such as {@code 127.0.0.1:41000}, one of each server
	 */
	public List<String> nodes() {
		return this.servers.stream().map((server) -> "127.0.0.1:" + server.port()).toList();
	}

	@Override
	public void close() {
		this.servers.forEach(ServerProcess::stop);
	}

}
