package dev.apprentice.dataset.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.dataset.datasets.download.PublicAddresses.NotPublicException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1",
        "::1", "::", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:a00:1", "::7f00:1",
        "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0:7f00:1::1", "2130706433", "127.1"})
    void refusesWhatIsNotForThePublicInAnySpelling(String address) {
        PublicAddresses addresses = new PublicAddresses(SystemDefaultDnsResolver.INSTANCE, PublicAddresses::isPublic);
        assertThatExceptionOfType(NotPublicException.class).isThrownBy(() -> addresses.resolve(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "192.167.255.255",
        "192.169.0.0", "169.253.255.255", "169.255.0.0", "223.255.255.255", "198.17.255.255", "198.20.0.0", "2606:4700::1111",
        "2a00:1450::1", "::ffff:8.8.8.8"})
    void letsPublicAddressesThrough(String address) throws UnknownHostException {
        PublicAddresses addresses = new PublicAddresses(SystemDefaultDnsResolver.INSTANCE, PublicAddresses::isPublic);
        assertThat(addresses.resolve(address)).containsExactly(InetAddress.getByName(address));
    }

    @Test
    void refusesANameWithOneAddressThatIsNotPublic() throws UnknownHostException {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("both.example", InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1"));
        assertThatExceptionOfType(NotPublicException.class)
                .isThrownBy(() -> new PublicAddresses(names, PublicAddresses::isPublic).resolve("both.example"));
    }
}
