"""An invented plan as an officer would upload it, with what a reader should find in it."""

PLAN = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 31/KH-UBND

Cần Thơ, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Phát triển ngành công nghiệp môi trường giai đoạn 2026 - 2030 trên địa bàn thành phố

Căn cứ Quyết định số 1894/QĐ-TTg ngày 04 tháng 9 năm 2025 của Thủ tướng Chính phủ;

I. MỤC TIÊU

- Đến năm 2030, tỷ lệ nước thải sinh hoạt được xử lý đạt ít nhất 35%.

II. TỔ CHỨC THỰC HIỆN

1. Sở Công Thương

- Chủ trì hướng dẫn doanh nghiệp đổi mới thiết bị xử lý nước thải sinh hoạt.

- Định kỳ hàng năm tổng hợp, báo cáo Ủy ban nhân dân thành phố kết quả thực hiện Kế hoạch.

2. Sở Tài chính

- Cân đối kinh phí cho các dự án tái chế dầu thải, pin cũ.

3. Các sở, ban, ngành và Ủy ban nhân dân các xã, phường

- Báo cáo kết quả thực hiện Kế hoạch về Sở Công Thương trước ngày 10 tháng 12 hàng năm để tổng hợp.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu

PHỤ LỤC
DANH MỤC NHIỆM VỤ

| STT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện |
|---|---|---|---|---|
| I | Hỗ trợ doanh nghiệp | | | |
| 1 | Lập sổ tay kỹ thuật xử lý nước thải cho xưởng nhỏ | Sở Công Thương | Các sở, ban, ngành | Năm 2026 |
| 2 | Mở lớp tập huấn phân loại rác tại nguồn | Sở Nông nghiệp và Môi trường | UBND các xã, phường | Hàng năm |
| II | Vốn | | | |
| 3 | Bố trí vốn cho dự án tái chế pin cũ | | Sở Công Thương | 2026 - 2028 |
"""
